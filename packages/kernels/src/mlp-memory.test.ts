import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createTrainer,
  deepFoolOn,
  fgsLines,
  loadImages,
  loadMlpMemory,
  logitsOf,
  startKernels,
  type Kernels,
  type MlpMemory,
  type ParameterArrays,
  type TrainerObjective,
} from "./index.ts";
import { DEEP_DEFENSE } from "./testing/deep-defense-settings.ts";
import { UNTARGETED } from "./testing/plain-deep-fool.ts";
import { randomCase } from "./testing/random-case.ts";
import { SHAPES } from "./testing/shapes.ts";

const ADAM = { learningRate: 1e-2, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
const OBJECTIVES: readonly TrainerObjective[] = [
  { kind: "cross-entropy" },
  { kind: "deep-defense", options: DEEP_DEFENSE },
];
const ROOM = { batchSize: 8, maxTrail: DEEP_DEFENSE.deepFool.maxSteps };

describe("loadMlpMemory()", () => {
  let kernels: Kernels;
  beforeAll(async () => {
    kernels = await startKernels({ threads: 2 });
  });
  afterAll(() => kernels.stop());

  const given = randomCase({ sizes: { inputs: 13, hidden: 14, classes: 3 }, count: 40, seed: 61 });
  const range = { first: 0, count: 40 };
  const orders = {
    range,
    targets: new Int32Array(40).fill(UNTARGETED),
    options: DEEP_DEFENSE.deepFool,
    keepsImages: true,
  };
  const surveysOf = (mlp: MlpMemory) => {
    const set = loadImages(kernels, given.images);
    const lines = fgsLines(kernels, mlp, set);
    const found = {
      logits: logitsOf(kernels, mlp, set, range),
      walks: deepFoolOn(kernels, mlp, set, orders),
      correct: lines.correctAt([0, 0.03, 0.1, 0.3, 1]),
    };
    lines.free();
    set.free();
    return found;
  };
  const passOver = (mlp: MlpMemory, objective: TrainerObjective) => {
    const set = loadImages(kernels, given.images);
    const trainer = createTrainer(kernels, mlp, set, { batchSize: 8, maxSteps: 5, objective });
    trainer.steps(given.order, 0, ADAM);
    trainer.free();
    set.free();
  };

  test.each(SHAPES)(
    "gives back the parameters and moments it is given, $inputs-$hidden-$classes",
    (sizes) => {
      const { parameters } = randomCase({ sizes, count: 1, seed: 62 });
      const means = randomCase({ sizes, count: 1, seed: 63 }).parameters;
      const squares = randomCase({ sizes, count: 1, seed: 64 }).parameters;
      const mlp = loadMlpMemory(kernels, sizes, { parameters, means, squares });
      expect([mlp.parameters(), mlp.means(), mlp.squares()]).toEqual([parameters, means, squares]);
      mlp.free();
    },
  );

  test("starts from moments of zero", () => {
    const mlp = loadMlpMemory(kernels, given.sizes, { parameters: given.parameters });
    const zeros = given.parameters.map((values) => new Float32Array(values.length));
    expect([mlp.means(), mlp.squares()]).toEqual([zeros, zeros]);
    mlp.free();
  });

  test.each(OBJECTIVES)("keeps heap and memory flat over three epochs, $kind", (objective) => {
    const mlp = loadMlpMemory(kernels, given.sizes, { parameters: given.parameters, ...ROOM });
    const before = kernels.heap.size().used;
    const sizes = [1, 2, 3].map(() => {
      passOver(mlp, objective);
      surveysOf(mlp);
      return kernels.heap.size();
    });
    expect(sizes[0]!.used).toBe(before);
    expect(sizes).toEqual([sizes[0], sizes[0], sizes[0]]);
    mlp.free();
  });

  test("frees everything", () => {
    const before = kernels.heap.size().used;
    const mlp = loadMlpMemory(kernels, given.sizes, { parameters: given.parameters, ...ROOM });
    expect(kernels.heap.size().used).toBeGreaterThan(before);
    mlp.free();
    expect(kernels.heap.size().used).toBe(before);
  });

  test.each(["parameters", "means", "squares"] as const)("refuses %s of other sizes", (name) => {
    const before = kernels.heap.size().used;
    for (const array of [0, 1, 2, 3]) {
      const values = given.parameters.map((value, index) =>
        index === array ? value.slice(1) : value,
      ) as unknown as ParameterArrays;
      const lengths = [182, 14, 42, 3].map((length, index) => length - Number(index === array));
      expect(() =>
        loadMlpMemory(kernels, given.sizes, { parameters: given.parameters, [name]: values }),
      ).toThrow(
        new RangeError(
          `Cannot load an MLP as its arrays' lengths must be 182, 14, 42, 3: current value is ${lengths.join(", ")}`,
        ),
      );
    }
    expect(kernels.heap.size().used).toBe(before);
  });

  test("holds nothing after memory was short", () => {
    const before = kernels.heap.size().used;
    const hidden = 36_000;
    const parameters = [4 * hidden, hidden, 2 * hidden, 2].map((length) => new Float32Array(length));
    const [w1, b1, w2, b2] = parameters as [Float32Array, Float32Array, Float32Array, Float32Array];
    // The Gram matrix alone takes 4 bytes times 36000^2, 4944 MiB.
    expect(() =>
      loadMlpMemory(kernels, { inputs: 4, hidden, classes: 2 }, { parameters: [w1, b1, w2, b2] }),
    ).toThrow(/^Cannot hold 4944 MiB more for the kernels as their memory must stay within 4096 MiB/);
    expect(kernels.heap.size().used).toBe(before);
    const set = loadImages(kernels, given.images);
    const mlp = loadMlpMemory(kernels, given.sizes, { parameters: given.parameters, ...ROOM });
    const loaded = kernels.heap.size().used;
    expect(() =>
      createTrainer(kernels, mlp, set, { batchSize: 8, maxSteps: 2 ** 28, objective: OBJECTIVES[0]! }),
    ).toThrow(/^Cannot hold 6144 MiB more/);
    expect(kernels.heap.size().used).toBe(loaded);
    mlp.free();
    set.free();
  });

  test("keeps models apart that take turns", () => {
    const load = () => loadMlpMemory(kernels, given.sizes, { parameters: given.parameters, ...ROOM });
    const alone = load();
    const expected = surveysOf(alone);
    passOver(alone, OBJECTIVES[1]!);
    const trained = alone.parameters();
    alone.free();

    const mlp = load();
    const large = randomCase({ sizes: { inputs: 50, hidden: 60, classes: 25 }, count: 8, seed: 65 });
    const other = loadMlpMemory(kernels, large.sizes, { parameters: large.parameters, ...ROOM });
    const otherSet = loadImages(kernels, large.images);
    const set = loadImages(kernels, given.images);
    const lines = fgsLines(kernels, mlp, set);
    const trainer = createTrainer(kernels, mlp, set, {
      batchSize: 8,
      maxSteps: 5,
      objective: OBJECTIVES[1]!,
    });
    const disturb = () => logitsOf(kernels, other, otherSet, { first: 0, count: 8 });
    const undisturbed = disturb();
    expect(lines.correctAt([0, 0.03, 0.1, 0.3, 1])).toEqual(expected.correct);
    disturb();
    expect(logitsOf(kernels, mlp, set, range)).toEqual(expected.logits);
    disturb();
    expect(deepFoolOn(kernels, mlp, set, orders)).toEqual(expected.walks);
    disturb();
    trainer.steps(given.order, 0, ADAM);
    expect(mlp.parameters()).toEqual(trained);
    expect(disturb()).toEqual(undisturbed);
    for (const { free } of [trainer, lines, set, otherSet, other, mlp]) free();
  });

  test.each(OBJECTIVES)("is surveyed as training left it, $kind", (objective) => {
    const mlp = loadMlpMemory(kernels, given.sizes, { parameters: given.parameters, ...ROOM });
    const untrained = surveysOf(mlp);
    passOver(mlp, objective);
    const fresh = loadMlpMemory(kernels, given.sizes, { parameters: mlp.parameters() });
    const expected = surveysOf(fresh);
    const found = surveysOf(mlp);
    fresh.free();
    mlp.free();
    expect(expected).not.toEqual(untrained);
    expect(found).toEqual(expected);
  });
});
