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
  type TrainerObjective,
} from "./index.ts";
import { DEEP_DEFENSE } from "./testing/deep-defense-settings.ts";
import { digests } from "./testing/digests.ts";
import { guardedKernels } from "./testing/guarded-kernels.ts";
import { randomCase, type CaseOptions } from "./testing/random-case.ts";
import { SHAPES } from "./testing/shapes.ts";

const ADAM = { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
/** Walks of five steps from five images: more steps than images, and lists of odd lengths. */
const OBJECTIVES: readonly TrainerObjective[] = [
  { kind: "cross-entropy" },
  { kind: "deep-defense", options: DEEP_DEFENSE },
];

/** Everything the kernels do with a model and a set, and what comes out. */
function everything(kernels: Kernels, options: CaseOptions, batchSize: number) {
  const { sizes, parameters, images, order } = randomCase(options);
  const set = loadImages(kernels, images);
  const trained = OBJECTIVES.map((objective) => {
    const mlp = loadMlpMemory(kernels, sizes, {
      parameters,
      batchSize,
      maxTrail: DEEP_DEFENSE.deepFool.maxSteps,
    });
    const maxSteps = Math.ceil(order.length / batchSize);
    const trainer = createTrainer(kernels, mlp, set, { batchSize, maxSteps, objective });
    const reports = trainer.steps(order, 0, ADAM);
    trainer.free();
    const found = [reports, mlp.parameters(), mlp.means(), mlp.squares()];
    mlp.free();
    return found;
  });
  const mlp = loadMlpMemory(kernels, sizes, { parameters });
  const range = { first: 1, count: images.count - 1 };
  const lines = fgsLines(kernels, mlp, set, { keepsSigns: true });
  const found = {
    crossEntropy: trained[0],
    deepDefense: trained[1],
    logits: logitsOf(kernels, mlp, set, range),
    walks: deepFoolOn(kernels, mlp, set, {
      range,
      targets: new Int32Array(range.count).fill(-1),
      options: DEEP_DEFENSE.deepFool,
      keepsImages: true,
    }),
    zeroGradients: lines.zeroGradients,
    signs: lines.signs,
    fgsLogits: lines.logitsAt(0.1),
    correct: lines.correctAt([0, 0.1, 1]),
  };
  lines.free();
  mlp.free();
  set.free();
  return found;
}

describe.each([1, 3])("the kernels on %i threads", (threads) => {
  let kernels: Kernels;
  beforeAll(async () => {
    kernels = await startKernels({ threads });
  });
  afterAll(() => kernels.stop());

  test.each(SHAPES)(
    "write nothing and read nothing beyond their blocks, $inputs-$hidden-$classes",
    (sizes) => {
      for (const [count, batchSize] of [
        [2, 1],
        [7, 3],
        [13, 5],
        [13, 8],
      ] as const) {
        for (const pixels of ["uint8", "float32"] as const) {
          const given: CaseOptions = { sizes, count, seed: 71, pixels };
          const { guarded, expectIntact } = guardedKernels(kernels);
          const found = everything(guarded, given, batchSize);
          expectIntact();
          expect(digests(found)).toEqual(digests(everything(kernels, given, batchSize)));
        }
      }
    },
  );
});
