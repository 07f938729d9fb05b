import { afterEach, describe, expect, test } from "vitest";
import {
  createTrainer,
  deepFoolOn,
  fgsLines,
  loadImages,
  loadMlpMemory,
  logitsOf,
  startKernels,
  type Kernels,
  type KernelOptions,
  type TrainerObjective,
} from "./index.ts";
import { AVAILABLE_BUILDS } from "./testing/available-builds.ts";
import { DEEP_DEFENSE } from "./testing/deep-defense-settings.ts";
import { digests } from "./testing/digests.ts";
import { expectClose } from "./testing/expect-close.ts";
import { UNTARGETED } from "./testing/plain-deep-fool.ts";
import { randomCase, type CaseOptions } from "./testing/random-case.ts";
import { seededRandom } from "./testing/seeded-random.ts";

const CASES: readonly CaseOptions[] = [
  { sizes: { inputs: 3, hidden: 5, classes: 2 }, count: 9, seed: 51 },
  { sizes: { inputs: 30, hidden: 26, classes: 13 }, count: 50, seed: 52 },
  { sizes: { inputs: 784, hidden: 100, classes: 10 }, count: 64, seed: 53 },
];
const OBJECTIVES: readonly TrainerObjective[] = [
  { kind: "cross-entropy" },
  { kind: "deep-defense", options: DEEP_DEFENSE },
];
const ADAM = { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };

const started: Kernels[] = [];
afterEach(async () => {
  for (const kernels of started.splice(0)) await kernels.stop();
});

/** Trains on batches of 7 in three passes, and surveys the trained model: every number there is. */
async function everything(options: KernelOptions, given: CaseOptions, objective: TrainerObjective) {
  const kernels = await startKernels(options);
  started.push(kernels);
  expect(kernels.threads).toBe(options.threads);
  const { sizes, parameters, images, order } = randomCase(given);
  const mlp = loadMlpMemory(kernels, sizes, { parameters, batchSize: 7, maxTrail: 5 });
  const set = loadImages(kernels, images);
  const batches = Math.ceil(given.count / 7);
  const trainer = createTrainer(kernels, mlp, set, { batchSize: 7, maxSteps: batches, objective });
  const random = seededRandom(given.seed);
  const reports = [0, 1, 2].flatMap((epoch) => {
    const shuffled = order.map(() => Math.floor(random() * given.count));
    return trainer.steps(shuffled, epoch * batches, ADAM);
  });
  const trained = loadMlpMemory(kernels, sizes, { parameters: mlp.parameters() });
  const range = { first: 0, count: given.count };
  const lines = fgsLines(kernels, trained, set);
  return {
    reports,
    parameters: mlp.parameters(),
    means: mlp.means(),
    squares: mlp.squares(),
    logits: logitsOf(kernels, trained, set, range),
    walks: deepFoolOn(kernels, trained, set, {
      range,
      targets: Int32Array.from(order, (image) => (image % 3 === 0 ? 1 : UNTARGETED)),
      options: DEEP_DEFENSE.deepFool,
      keepsImages: true,
    }),
    zeroGradients: lines.zeroGradients,
    correct: lines.correctAt([0, 0.01, 0.1, 1]),
  };
}

describe.each(AVAILABLE_BUILDS)("the kernels' answers, %s", (build) => {
  describe.each(OBJECTIVES)("$kind", (objective) => {
    test.each(CASES)(
      "are the same bytes on one, two, three and five threads, and once more, at $sizes.inputs-$sizes.hidden-$sizes.classes",
      async (given) => {
        const alone = await everything({ threads: 1, build }, given, objective);
        const expected = digests(alone);
        for (const threads of [1, 2, 3, 5, 3, 2]) {
          expect(digests(await everything({ threads, build }, given, objective))).toEqual(expected);
        }
        expect(alone.reports).toHaveLength(3 * Math.ceil(given.count / 7));
        expect(alone.reports.every(({ crossEntropy }) => Number.isFinite(crossEntropy))).toBe(true);
      },
    );
  });
});

describe("the fastest build", () => {
  test.each(OBJECTIVES)("agrees with the plain one after three passes, $kind", async (objective) => {
    const given = CASES[2]!;
    const plain = await everything({ threads: 2, build: "simd" }, given, objective);
    const fastest = await everything({ threads: 2 }, given, objective);
    // Where the plain build is the fastest there is, the same bytes. A fused multiply-add rounds once for twice: 6e-8 a step, which
    // Adam's division by sqrt(v) and 30 steps enlarge.
    const tolerance = AVAILABLE_BUILDS.length === 1 ? 0 : 1e-3;
    const initial = randomCase(given).parameters;
    fastest.parameters.forEach((values, array) => {
      const change = (to: Float32Array) => to.map((value, index) => value - initial[array]![index]!);
      expectClose(change(values), change(plain.parameters[array]!), tolerance);
    });
    expectClose(fastest.logits, plain.logits, tolerance);
    expectClose(
      fastest.reports.map(({ crossEntropy }) => crossEntropy),
      plain.reports.map(({ crossEntropy }) => crossEntropy),
      tolerance,
    );
  });
});
