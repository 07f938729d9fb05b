import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MLP } from "./generated/layout.ts";
import {
  createTrainer,
  loadImages,
  loadMlpMemory,
  startKernels,
  type AdamSettings,
  type Kernels,
  type MlpMemory,
  type MlpStart,
  type ParameterArrays,
  type TrainerObjective,
} from "./index.ts";
import { writeParameters } from "./mlp-layout.ts";
import { readStructure } from "./structure.ts";
import { AVAILABLE_BUILDS } from "./testing/available-builds.ts";
import { DEEP_DEFENSE } from "./testing/deep-defense-settings.ts";
import { expectClose } from "./testing/expect-close.ts";
import { plainAdam } from "./testing/plain-adam.ts";
import { crossEntropyLoss } from "./testing/plain-cross-entropy.ts";
import { plainMlp } from "./testing/plain-mlp.ts";
import { randomCase, type RandomCase } from "./testing/random-case.ts";
import { seededRandom } from "./testing/seeded-random.ts";

const ADAM: AdamSettings = { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
const CROSS_ENTROPY = { kind: "cross-entropy" } as const;
const OBJECTIVES: readonly TrainerObjective[] = [
  CROSS_ENTROPY,
  { kind: "deep-defense", options: DEEP_DEFENSE },
];

describe.each(AVAILABLE_BUILDS)("createTrainer() with Adam, %s", (build) => {
  let kernels: Kernels;
  beforeAll(async () => {
    kernels = await startKernels({ threads: 2, build });
  });
  afterAll(() => kernels.stop());

  /** Loads a case, hands it to `use` with a trainer, and frees all. */
  const withTrainer = <T>(
    { sizes, images }: Pick<RandomCase, "sizes" | "images">,
    start: MlpStart,
    {
      batchSize,
      objective = CROSS_ENTROPY,
    }: { readonly batchSize: number; readonly objective?: TrainerObjective },
    use: (mlp: MlpMemory, trainer: ReturnType<typeof createTrainer>) => T,
  ): T => {
    const mlp = loadMlpMemory(kernels, sizes, {
      ...start,
      batchSize,
      maxTrail: DEEP_DEFENSE.deepFool.maxSteps,
    });
    const set = loadImages(kernels, images);
    const trainer = createTrainer(kernels, mlp, set, { batchSize, maxSteps: 100, objective });
    try {
      return use(mlp, trainer);
    } finally {
      trainer.free();
      set.free();
      mlp.free();
    }
  };

  test("takes the known first steps", () => {
    // By hand: weights of zero, two classes, label 0: the gradient is [-1/2, 1/2] at b2 and zero elsewhere. Whatever its size, the
    // first step is learningRate g / (|g| + epsilon).
    const given = {
      sizes: { inputs: 3, hidden: 2, classes: 2 },
      images: { count: 1, imageSize: 3, labels: Uint8Array.of(0), pixels: Uint8Array.of(9, 99, 255) },
    };
    const parameters: ParameterArrays = [
      new Float32Array(6),
      new Float32Array(2),
      new Float32Array(4),
      new Float32Array(2),
    ];
    const settings = { learningRate: 0.25, beta1: 0.9, beta2: 0.999, epsilon: 0.5 };
    withTrainer(given, { parameters }, { batchSize: 1 }, (mlp, trainer) => {
      trainer.steps(Uint32Array.of(0), 0, settings);
      expectClose(mlp.parameters()[3], [0.125, -0.125], 1e-6);
      expectClose(mlp.means()[3], [-0.05, 0.05], 1e-6);
      expectClose(mlp.squares()[3], [0.00025, 0.00025], 1e-6);
      for (const array of [0, 1, 2]) {
        expect(mlp.parameters()[array]!.every((value) => value === 0)).toBe(true);
      }
      // The second: p = softmax([1/8, -1/8])[0] = 0.562177, g = p - 1 = -0.437823; m = 0.9 * -0.05 + 0.1 g = -0.0887823,
      // v = 0.999 * 0.00025 + 0.001 g^2 = 0.000441439; m / 0.19 = -0.467276, sqrt(v / 0.001999) = 0.469926;
      // the step 0.25 * 0.467276 / 0.969926 = 0.120441.
      trainer.steps(Uint32Array.of(0), 1, settings);
      expectClose(mlp.parameters()[3], [0.245441, -0.245441], 5e-6);
    });
  });

  test.each([
    [1, 7],
    [4, 8],
    [5, 12],
  ])("follows the plain version over many steps, batches of %i of %i images", (batchSize, count) => {
    const sizes = { inputs: 13, hidden: 14, classes: 3 };
    const given = randomCase({ sizes, count, seed: 6 });
    const random = seededRandom(3);
    // The last batch is smaller, but for batches of one.
    const order = Uint32Array.from({ length: 62 }, () => Math.floor(random() * count));
    const stepCount = Math.ceil(62 / batchSize);
    const plain = trainPlainly(given, order, batchSize, 0);
    withTrainer(given, given, { batchSize }, (mlp, trainer) => {
      // In two calls: the steps taken before are counted on.
      const half = Math.floor(stepCount / 2) * batchSize;
      trainer.steps(order.subarray(0, half), 0, ADAM);
      trainer.steps(order.subarray(half), half / batchSize, ADAM);
      const [parameters, means, squares] = [mlp.parameters(), mlp.means(), mlp.squares()];
      plain.forEach(({ parameter, mean, square }, array) => {
        const change = (to: ArrayLike<number>) =>
          Array.from(to, (value, index) => value - given.parameters[array]![index]!);
        // Each step moves a parameter by some 1e-3, rounded where the parameter is near 1: 6e-8 each.
        expectClose(change(parameters[array]!), change(parameter), 2e-4, "parameters");
        expectClose(means[array]!, mean, 1e-4, "means");
        expectClose(squares[array]!, square, 1e-4, "squares");
      });
    });
  });

  test("goes on from moments it is given", () => {
    const given = randomCase({ sizes: { inputs: 5, hidden: 7, classes: 3 }, count: 4, seed: 9 });
    const means = given.parameters.map((values) =>
      values.map((value) => value / 50),
    ) as unknown as ParameterArrays;
    const squares = means.map((values) =>
      values.map((value) => value ** 2 + 1e-4),
    ) as unknown as ParameterArrays;
    const plain = trainPlainly(given, given.order, 4, 10, { means, squares });
    withTrainer(given, { parameters: given.parameters, means, squares }, { batchSize: 4 }, (mlp, trainer) => {
      expect(mlp.means()).toEqual(means);
      expect(mlp.squares()).toEqual(squares);
      trainer.steps(given.order, 10, ADAM);
      plain.forEach(({ parameter, mean, square }, array) => {
        expectClose(mlp.parameters()[array]!, parameter, 1e-6, "parameters");
        expectClose(mlp.means()[array]!, mean, 1e-6, "means");
        expectClose(mlp.squares()[array]!, square, 1e-6, "squares");
      });
    });
  });

  test.each(OBJECTIVES)("leaves the padding zero, $kind", (objective) => {
    const given = randomCase({ sizes: { inputs: 5, hidden: 7, classes: 3 }, count: 11, seed: 12 });
    withTrainer(given, given, { batchSize: 4, objective }, (mlp, trainer) => {
      trainer.steps(given.order, 0, ADAM);
      trainer.steps(given.order, 3, ADAM);
      const { parameters, means, squares } = readStructure(kernels.heap.view(), mlp.address, MLP);
      const blocks = [
        [parameters, mlp.parameters()],
        [means, mlp.means()],
        [squares, mlp.squares()],
      ] as const;
      for (const [address, values] of blocks) {
        const unpadded = new Float32Array(mlp.padded.parameterCount);
        writeParameters(values, given.sizes, unpadded);
        expect(kernels.heap.floats(address, unpadded.length).slice()).toEqual(unpadded);
      }
    });
  });

  test("lets the moments of a pixel that is never lit decay to 0, past no denormal number", () => {
    const given = randomCase({ sizes: { inputs: 8, hidden: 12, classes: 3 }, count: 4, seed: 13 });
    const { pixels } = given.images;
    for (let image = 0; image < 4; image++) pixels[image * 8 + 2] = 0;
    const filled = (value: number) =>
      given.parameters.map((values) =>
        values.map((_, index) => (index % 2 === 0 ? value : -value)),
      ) as unknown as ParameterArrays;
    const squares = filled(1e-33).map((values) => values.map(Math.abs)) as unknown as ParameterArrays;
    const start = { parameters: given.parameters, means: filled(1e-33), squares };
    withTrainer(given, start, { batchSize: 4 }, (mlp, trainer) => {
      const dark = (values: ParameterArrays) => values[0].slice(2 * 12, 3 * 12);
      // 0.9^66 is 1e-3.02: from 1e-33 to 1e-36 in 66 steps.
      for (let step = 0; step < 70; step++) {
        trainer.steps(given.order, step, { ...ADAM, beta2: 0.9 });
        const moments = [...dark(mlp.means()), ...dark(mlp.squares())];
        expect(moments.every((value) => value === 0 || Math.abs(value) > 9e-37)).toBe(true);
        expect(moments.every((value) => (value !== 0) === step < 65)).toBe(true);
      }
    });
  });

  test("takes no step for an empty order", () => {
    const given = randomCase({ sizes: { inputs: 5, hidden: 7, classes: 3 }, count: 4, seed: 1 });
    withTrainer(given, given, { batchSize: 4 }, (mlp, trainer) => {
      expect(trainer.steps(new Uint32Array(0), 0, ADAM)).toEqual([]);
      expect(mlp.parameters()).toEqual(given.parameters);
      expect(
        mlp
          .means()
          .flatMap((values) => [...values])
          .every((value) => value === 0),
      ).toBe(true);
    });
  });
});

function trainPlainly(
  { parameters, plain, rows, images }: RandomCase,
  order: Uint32Array,
  batchSize: number,
  stepsBefore: number,
  moments?: { readonly means: ParameterArrays; readonly squares: ParameterArrays },
) {
  const state = plainMlp(plain.sizes, parameters).parameters.map((parameter, array) => ({
    parameter,
    mean: Float64Array.from(moments?.means[array] ?? new Float64Array(parameter.length)),
    square: Float64Array.from(moments?.squares[array] ?? new Float64Array(parameter.length)),
  }));
  const [w1, b1, w2, b2] = state.map(({ parameter }) => parameter) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let first = 0, step = stepsBefore + 1; first < order.length; first += batchSize, step++) {
    const batch = [...order.subarray(first, first + batchSize)];
    const { gradients } = crossEntropyLoss(
      { sizes: plain.sizes, parameters: [w1, b1, w2, b2] },
      batch.map((position) => rows[position]!),
      batch.map((position) => images.labels[position]!),
    );
    gradients.forEach((gradient, array) => {
      plainAdam(state[array]!, gradient, step, ADAM);
    });
  }
  return state;
}
