import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createTrainer,
  loadImages,
  loadMlpMemory,
  startKernels,
  type Kernels,
  type MlpSizes,
} from "./index.ts";
import { AVAILABLE_BUILDS } from "./testing/available-builds.ts";
import { DEEP_DEFENSE } from "./testing/deep-defense-settings.ts";
import { expectClose, sumTolerance } from "./testing/expect-close.ts";
import { finiteDifference } from "./testing/finite-difference.ts";
import { kernelGradients } from "./testing/kernel-gradients.ts";
import { crossEntropyLoss } from "./testing/plain-cross-entropy.ts";
import { randomCase, type RandomCase } from "./testing/random-case.ts";
import { SAME_CASES, SHAPES } from "./testing/shapes.ts";

const CROSS_ENTROPY = { kind: "cross-entropy" } as const;
const NAMES = ["W1", "b1", "W2", "b2"];

describe.each(AVAILABLE_BUILDS)("createTrainer() with cross-entropy, %s", (build) => {
  let kernels: Kernels;
  beforeAll(async () => {
    kernels = await startKernels({ threads: 2, build });
  });
  afterAll(() => kernels.stop());

  /** @param batch Positions of the images; all in their order by default. */
  const expectPlainGradients = (given: RandomCase, batch: Uint32Array = given.order) => {
    const { gradients, report } = kernelGradients(kernels, given, CROSS_ENTROPY, batch);
    const rows = [...batch].map((position) => given.rows[position]!);
    const labels = [...batch].map((position) => given.images.labels[position]!);
    const plain = crossEntropyLoss(given.plain, rows, labels);
    const { inputs, hidden, classes } = given.sizes;
    const tolerance = sumTolerance(inputs + hidden + classes + batch.length);
    gradients.forEach((gradient, array) => {
      expectClose(gradient, plain.gradients[array]!, tolerance, NAMES[array]);
    });
    expectClose([report.crossEntropy], [plain.crossEntropy], tolerance, "cross-entropy");
    expect(report).toMatchObject({
      ...{ correct: plain.correct, count: batch.length },
      ...{ penalty: 0, capped: 0, unfooled: 0 },
    });
  };

  test.each(SHAPES)("follows the plain version's gradient at $inputs-$hidden-$classes", (sizes) => {
    for (const [count, pixels] of BATCHES)
      expectPlainGradients(randomCase({ sizes, count, seed: 5, pixels }));
  });

  test("follows the plain version's gradient on any shape and batch", () => {
    fc.assert(
      fc.property(
        SIZES,
        fc.integer({ min: 1, max: 20 }),
        fc.nat(),
        fc.constantFrom("uint8", "float32"),
        (sizes, count, seed, pixels) => {
          expectPlainGradients(randomCase({ sizes, count, seed, pixels }));
        },
      ),
      SAME_CASES,
    );
  });

  test("takes images from where the order says, again where it repeats itself", () => {
    const given = randomCase({ sizes: { inputs: 13, hidden: 12, classes: 3 }, count: 9, seed: 2 });
    expectPlainGradients(given, Uint32Array.of(8, 0, 3, 3, 5));
  });

  test.each(SHAPES.slice(0, 6))(
    "follows finite differences of the plain loss at $inputs-$hidden-$classes",
    (sizes) => {
      const given = randomCase({ sizes, count: 5, seed: 11 });
      const { gradients } = kernelGradients(kernels, given, CROSS_ENTROPY);
      const loss = (mlp: RandomCase["plain"]) =>
        crossEntropyLoss(mlp, given.rows, given.images.labels).crossEntropy / 5;
      ([0, 1, 2, 3] as const).forEach((array) => {
        const expected = given.parameters[array].length;
        const slopes = Array.from({ length: expected }, (_, index) =>
          finiteDifference(loss, given.plain, array, index),
        );
        // Float32, and 1e-9 of the loss that the finite difference loses.
        expectClose(gradients[array]!, slopes, 1e-5, NAMES[array]);
      });
    },
  );

  test("gives blank images a gradient in all but W1", () => {
    const given = randomCase({ sizes: { inputs: 13, hidden: 12, classes: 3 }, count: 6, seed: 4 });
    for (const pixels of [new Uint8Array(6 * 13), new Float32Array(6 * 13)]) {
      const rows = given.rows.map(() => new Float64Array(13));
      const blank = { ...given, rows, images: { ...given.images, pixels } };
      expectPlainGradients(blank);
      const { gradients } = kernelGradients(kernels, blank, CROSS_ENTROPY);
      expect(gradients[0]!.every((slope) => slope === 0)).toBe(true);
      expect(gradients[1]!.some((slope) => slope !== 0)).toBe(true);
    }
  });

  test("takes the first of equal logits for the prediction", () => {
    const zeros = [
      new Float32Array(4),
      new Float32Array(2),
      new Float32Array(6),
      new Float32Array(3),
    ] as const;
    const images = {
      count: 4,
      imageSize: 2,
      labels: Uint8Array.of(0, 1, 0, 2),
      pixels: new Uint8Array(8).fill(9),
    };
    const sizes = { inputs: 2, hidden: 2, classes: 3 };
    const zero = { sizes, parameters: zeros, images, order: Uint32Array.of(0, 1, 2, 3) };
    expect(kernelGradients(kernels, zero, CROSS_ENTROPY).report.correct).toBe(2);
  });

  test("refuses what it has no room for, and positions beyond the set", () => {
    const given = randomCase({ sizes: { inputs: 5, hidden: 7, classes: 3 }, count: 9, seed: 14 });
    const before = kernels.heap.size().used;
    const set = loadImages(kernels, given.images);
    const mlp = loadMlpMemory(kernels, given.sizes, {
      parameters: given.parameters,
      batchSize: 4,
      maxTrail: 4,
    });
    const loaded = kernels.heap.size().used;
    const refusals = [
      [
        { batchSize: 5, maxSteps: 1, objective: CROSS_ENTROPY },
        "the batch size must be the MLP's 4 at most: current value is 5",
      ],
      [
        { batchSize: 4, maxSteps: 1, objective: { kind: "deep-defense", options: DEEP_DEFENSE } },
        "DeepFool's most steps must be the MLP's 4 at most: current value is 5",
      ],
    ] as const;
    for (const [options, refusal] of refusals) {
      expect(() => createTrainer(kernels, mlp, set, options)).toThrow(
        new RangeError(`Cannot train as ${refusal}`),
      );
    }
    expect(kernels.heap.size().used).toBe(loaded);

    const trainer = createTrainer(kernels, mlp, set, { batchSize: 4, maxSteps: 2, objective: CROSS_ENTROPY });
    const adam = { learningRate: 1, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
    expect(() => trainer.steps(given.order, 0, adam)).toThrow(
      new RangeError("Cannot train as the number of steps must be 2 at most: current value is 3"),
    );
    expect(() => trainer.steps(Uint32Array.of(0, 8, 9), 0, adam)).toThrow(
      new RangeError("Cannot train as a position must be below 9: current value is 9"),
    );
    expect(mlp.parameters()).toEqual(given.parameters);
    for (const { free } of [trainer, mlp, set]) free();
    expect(kernels.heap.size().used).toBe(before);
  });

  test("reports a cross-entropy that neither overflows nor vanishes", () => {
    // By hand: logits [b, 0] for any image; -log softmax is log(1 + e^-b) at the first class, b more at the second.
    for (const gap of [0, 10, 30, 200, 1e4]) {
      const { report, gradients } = kernelGradients(
        kernels,
        {
          sizes: { inputs: 1, hidden: 1, classes: 2 },
          parameters: [
            new Float32Array(1),
            new Float32Array(1),
            new Float32Array(2),
            Float32Array.of(gap, 0),
          ],
          images: { count: 2, imageSize: 1, labels: Uint8Array.of(0, 1), pixels: new Uint8Array(2) },
          order: Uint32Array.of(0, 1),
        },
        CROSS_ENTROPY,
      );
      const small = Math.log1p(Math.exp(-gap));
      expectClose([report.crossEntropy], [gap + 2 * small], 1e-6);
      // The mean of softmax - one-hot over both images.
      const share = 1 / (1 + Math.exp(-gap));
      expectClose(gradients[3]!, [share - 0.5, 0.5 - share], gap === 0 ? 0 : 1e-6);
    }
  });
});

/** Whole groups of four and others, one image and the method's 64. */
const BATCHES = [
  [1, "uint8"],
  [2, "float32"],
  [3, "uint8"],
  [5, "float32"],
  [64, "uint8"],
] as const;

const SIZES: fc.Arbitrary<MlpSizes> = fc.record({
  inputs: fc.constantFrom(1, 3, 5, 13, 30),
  hidden: fc.constantFrom(1, 5, 12, 13, 100),
  classes: fc.constantFrom(2, 3, 10, 13, 25),
});
