import { DEEP_FOOL_DEFAULTS } from "@gambeson/contract";
import { startKernels, type Kernels } from "@gambeson/kernels";
import { startBackend, stopBackend, tf } from "@gambeson/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { crossEntropy } from "./cross-entropy.ts";
import { deepDefense, deepDefenseWithFrozenPerturbation, type DeepDefenseOptions } from "./deep-defense.ts";
import type { ImageSource } from "./image-source.ts";
import { kernelTrainer } from "./kernel-trainer.ts";
import { disposeState, train } from "./loop.ts";
import type { Objective } from "./objective.ts";
import { tensorTrainer } from "./tensor-trainer.ts";
import { freshState, SCHEDULE, smallSource } from "./testing/small-training.ts";
import type { TrainedState, TrainerFactory } from "./trainer.ts";

let kernels: Kernels;
beforeAll(async () => {
  await startBackend({ threads: 1 });
  kernels = await startKernels({ threads: 2 });
});
afterAll(async () => {
  await kernels.stop();
  await stopBackend();
});

const DEFENCE: DeepDefenseOptions = {
  lambda: 3,
  c: 4,
  d: 2,
  exponentCap: 20,
  deepFool: { ...DEEP_FOOL_DEFAULTS, maxSteps: 5, convention: "test-with" },
};

/** The tensors' numbers, one list each. */
function numbersOf({ model, adam }: TrainedState) {
  const read = (tensors: readonly tf.Tensor[]) => tensors.map((tensor) => [...tensor.dataSync()]);
  return { parameters: read(model.parameters), means: read(adam.means), squares: read(adam.squares) };
}

/** One step on the first `count` images, from the same state. */
function oneStep(
  factory: TrainerFactory,
  source: ImageSource,
  objective: Objective,
  sizes: readonly number[],
) {
  const start = freshState(sizes, 3, 0.3);
  const trainer = factory(start, source, objective, { ...SCHEDULE, batchSize: source.count });
  const [report] = trainer.advance(Uint32Array.from({ length: source.count }, (_, index) => index));
  const numbers = numbersOf(trainer.current());
  trainer.dispose();
  disposeState(start);
  return { report: report!, numbers };
}

/**
 * Float32 sums of some hundred terms in another order differ by about 1e-6 of the largest; the walk's steps and the Gram
 * matrix multiply that.
 */
const TOLERANCE = 2e-5;

/** Largest difference over the largest number. */
function differenceOf(actual: readonly number[], expected: readonly number[]): number {
  const largest = Math.max(...expected.map(Math.abs), 1e-12);
  return Math.max(...expected.map((value, index) => Math.abs(value - actual[index]!))) / largest;
}

const FLOATS = (source: ImageSource): ImageSource => ({
  ...source,
  pixels: Float32Array.from(source.pixels, (value, index) => value / 255 + 0.05 * Math.sin(index)),
});

describe("kernelTrainer()", () => {
  const objectives: readonly [string, Objective][] = [
    ["cross-entropy", crossEntropy],
    ["Deep Defense", deepDefense(DEFENCE)],
    ["Deep Defense, in-loop with margin", deepDefense(inLoop())],
    ["Deep Defense, capped", deepDefense({ ...DEFENCE, d: 1000 })],
  ];
  const sources: readonly [string, ImageSource, readonly number[]][] = [
    ["bytes", smallSource(37, 12, 5), [12, 8, 3]],
    ["odd sizes", smallSource(21, 30, 6), [30, 13, 3]],
    ["one image", smallSource(1, 9, 7), [9, 5, 3]],
    ["numbers", FLOATS(smallSource(18, 15, 8)), [15, 24, 3]],
  ];
  for (const [name, objective] of objectives) {
    test.each(sources)(`takes tensorTrainer's step: ${name}, %s`, (_, source, sizes) => {
      const expected = oneStep(tensorTrainer, source, objective, sizes);
      const actual = oneStep(kernelTrainer(kernels), source, objective, sizes);
      expect(actual.report.correct).toBe(expected.report.correct);
      expect(differenceOf([actual.report.loss], [expected.report.loss])).toBeLessThan(TOLERANCE);
      expect(actual.report.regulariser?.capped).toBe(expected.report.regulariser?.capped);
      expect(actual.report.regulariser?.unfooled).toBe(expected.report.regulariser?.unfooled);
      // Adam's first moment after one step is a tenth of the gradient.
      actual.numbers.means.forEach((values, index) => {
        expect(differenceOf(values, expected.numbers.means[index]!)).toBeLessThan(TOLERANCE);
      });
    });
  }

  test("goes the way of tensorTrainer over epochs", async () => {
    const source = smallSource(100, 12, 1);
    const losses = async (trainer: TrainerFactory) => {
      const start = freshState([12, 8, 3], 1);
      const found: number[] = [];
      const end = await train(start, source, deepDefense({ ...DEFENCE, d: 0.2 }), {
        schedule: { ...SCHEDULE, learningRate: 0.01 },
        seed: 1,
        name: "test",
        trainer,
        onEpoch: ({ loss }) => void found.push(loss),
      });
      disposeState(start);
      disposeState(end);
      return found;
    };
    const expected = await losses(tensorTrainer);
    const actual = await losses(kernelTrainer(kernels));
    expect(expected[3]).toBeLessThan(expected[0]!);
    actual.forEach((loss, epoch) => {
      expect(differenceOf([loss], [expected[epoch]!])).toBeLessThan(1e-3);
    });
  });

  test("leaves what kernels do not cover to tensors: two hidden layers, DeepFool in pixels, a frozen perturbation", () => {
    const source = smallSource(8, 12, 1);
    const inPixels = deepDefense({ ...DEFENCE, deepFool: { ...DEFENCE.deepFool, geometry: "pixels" } });
    const frozen = deepDefenseWithFrozenPerturbation(DEFENCE, {
      ratios: new Float32Array(8).fill(0.1),
      unfooled: new Uint8Array(8),
    });
    for (const [sizes, objective] of [
      [[12, 8, 6, 3], crossEntropy],
      [[12, 8, 3], inPixels],
      [[12, 8, 3], frozen],
    ] as const) {
      const expected = oneStep(tensorTrainer, source, objective, sizes);
      expect(oneStep(kernelTrainer(kernels), source, objective, sizes)).toEqual(expected);
    }
  });

  test("uses memory it gives back: three epochs leave heap and tensors as they were", async () => {
    const start = freshState([12, 8, 3], 1);
    const source = smallSource(100, 12, 1);
    const tensors = tf.memory().numTensors;
    const sizes: unknown[] = [];
    for (let run = 0; run < 3; run++) {
      const end = await train(start, source, deepDefense(DEFENCE), {
        schedule: { ...SCHEDULE, epochs: 3 },
        seed: 1,
        name: "test",
        trainer: kernelTrainer(kernels),
      });
      disposeState(end);
      sizes.push(kernels.heap.size());
    }
    expect(sizes[1]).toEqual(sizes[0]);
    expect(sizes[2]).toEqual(sizes[0]);
    expect(tf.memory().numTensors).toBe(tensors);
    disposeState(start);
  });
});

function inLoop(): DeepDefenseOptions {
  return { ...DEFENCE, deepFool: { ...DEFENCE.deepFool, convention: "in-loop", margin: 0.01 } };
}
