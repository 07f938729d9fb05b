import { DEEP_FOOL_DEFAULTS } from "@gambeson/contract";
import { mlp } from "@gambeson/models";
import { startBackend, stopBackend, tf } from "@gambeson/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { crossEntropy, meanCrossEntropy } from "./cross-entropy.ts";
import {
  deepDefense,
  deepDefenseWithFrozenPerturbation,
  perturbationRatios,
  type DeepDefenseOptions,
} from "./deep-defense.ts";
import { readBatch, type Batch } from "./image-source.ts";
import { disposeState, train, type EpochReport } from "./loop.ts";
import { freshState, SCHEDULE, smallSource } from "./testing/small-training.ts";

beforeAll(async () => {
  await startBackend({ threads: 1 });
});
afterAll(stopBackend);

const OPTIONS: DeepDefenseOptions = {
  lambda: 15,
  c: 25,
  d: 5,
  exponentCap: 20,
  deepFool: { ...DEEP_FOOL_DEFAULTS, maxSteps: 5, convention: "test-with" },
};

/** The affine model of the known answers: logits = x W + b; at x = [1, 0.5], rho = 0.408 and the nearest class is 1. */
function affine() {
  return mlp([
    tf.tensor2d([
      [2, 0, -1],
      [0, 1, -1],
    ]),
    tf.tensor1d([0, 0.5, 0]),
  ]);
}

function batchOf(label: number): Batch {
  return { images: tf.tensor2d([[1, 0.5]]), labels: Int32Array.of(label), indices: Uint32Array.of(0) };
}

describe("deepDefense()", () => {
  test.each([
    // known-answers.json: 15 exp(-25 * 0.408) for an image classified correctly, 15 exp(5 * 0.408) for a wrong one.
    [0, 5.576e-4, 1],
    [1, 115.36, 0],
  ])("adds the known regulariser, true class %s", (label, expected, correct) => {
    const model = affine();
    const batch = batchOf(label);
    const { gradients, report } = deepDefense(OPTIONS).differentiate(model, batch);
    expect(report.regulariser!.value / expected).toBeCloseTo(1, 3);
    expect(report.correct).toBe(correct);
    expect(report.regulariser).toMatchObject({ capped: 0, unfooled: 0 });
    // Cross-entropy of logits [2, 1, -1.5]: 0.3350976 for class 0 (known-answers.json), 1 more for class 1.
    expect(report.loss - report.regulariser!.value).toBeCloseTo(0.3350976 + label, 4);
    tf.dispose([...gradients, ...model.parameters, batch.images]);
  });

  test("leads a misclassified image to its true class, not to the nearest", () => {
    const model = affine();
    const batch = batchOf(2);
    const { gradients, report } = deepDefense({ ...OPTIONS, d: 1 }).differentiate(model, batch);
    // By hand: a step r = 3.5 / 10 [-3, -1] onto the boundary of classes 0 and 2, where class 1 is predicted; from there
    // 0.75 / 5 [-1, -2] onto that of classes 1 and 2. In all r = [-1.2, -0.65], lengthened by 1.02; |x|^2 = 1.25.
    const rho = 1.02 * Math.sqrt((1.2 ** 2 + 0.65 ** 2) / 1.25);
    expect(report.regulariser!.value / (15 * Math.exp(rho))).toBeCloseTo(1, 4);
    tf.dispose([...gradients, ...model.parameters, batch.images]);
  });

  test("caps the exponent and counts the capped images", () => {
    const model = affine();
    const batch = batchOf(1);
    const { gradients, report } = deepDefense({ ...OPTIONS, d: 1000 }).differentiate(model, batch);
    expect(report.regulariser!.capped).toBe(1);
    expect(report.regulariser!.value / (15 * Math.exp(20))).toBeCloseTo(1, 4);
    tf.dispose([...gradients, ...model.parameters, batch.images]);
  });

  test("has the gradient that finite differences have, for each parameter, through the perturbation", () => {
    const source = smallSource(12, 6, 3);
    const state = freshState([6, 5, 4, 3], 4, 0.5);
    const batch = readBatch(
      source,
      Uint32Array.from({ length: 12 }, (_, i) => i),
    );
    // Gentle constants, so that the exponentials do not drown float32's digits.
    const objective = deepDefense({ ...OPTIONS, c: 2, d: 1, lambda: 3 });
    const { gradients } = objective.differentiate(state.model, batch);
    const plain = crossEntropy.differentiate(state.model, batch).gradients;
    gradients.forEach((gradient, index) => {
      const squaredLength = tf.tidy(() => tf.sum(tf.square(gradient)).dataSync()[0]!);
      const h = 4e-3 / Math.sqrt(squaredLength);
      // Along one parameter's gradient alone the slope is its squared length.
      const lossAt = (by: number) => {
        const moved = state.model.parameters.map((p, i) =>
          tf.tidy(() => (i === index ? tf.add(p, tf.mul(gradient, by)) : p.clone())),
        );
        const step = objective.differentiate(state.model.withParameters(moved), batch);
        tf.dispose([...moved, ...step.gradients]);
        return step.report.loss;
      };
      const slope = (lossAt(h) - lossAt(-h)) / (2 * h);
      expect(Math.abs(slope / squaredLength - 1)).toBeLessThan(0.02);
      // And it is not cross-entropy's gradient alone.
      const difference = tf.tidy(() => tf.max(tf.abs(tf.sub(plain[index]!, gradient))).dataSync()[0]!);
      expect(difference).toBeGreaterThan(0.01);
    });
    tf.dispose([...gradients, ...plain, batch.images]);
    disposeState(state);
  });

  test("falls while it is trained on, reports itself each epoch, and leaks nothing", async () => {
    const source = smallSource(200, 12, 5);
    const start = freshState([12, 10, 3], 6);
    const before = tf.memory().numTensors;
    const reports: EpochReport[] = [];
    const end = await train(start, source, deepDefense(OPTIONS), {
      schedule: { ...SCHEDULE, epochs: 8, learningRate: 0.01 },
      seed: 1,
      name: "test",
      onEpoch: (report) => {
        reports.push(report);
      },
    });
    const values = reports.map(({ regulariser }) => regulariser!.value);
    expect(values).toHaveLength(8);
    expect(values[7]).toBeLessThan(0.5 * values[0]!);
    disposeState(end);
    expect(tf.memory().numTensors).toBe(before);
    disposeState(start);
  });
});

describe("deepDefenseWithFrozenPerturbation()", () => {
  test("has cross-entropy's gradient and another loss", async () => {
    const source = smallSource(12, 6, 3);
    const state = freshState([6, 5, 3], 4, 0.5);
    const before = tf.memory().numTensors;
    const perturbed = await perturbationRatios(state.model, source, OPTIONS.deepFool);
    const batch = readBatch(
      source,
      Uint32Array.from({ length: 12 }, (_, i) => i),
    );
    const gentle = { ...OPTIONS, c: 2, d: 1, lambda: 3 };
    const frozen = deepDefenseWithFrozenPerturbation(gentle, perturbed).differentiate(state.model, batch);
    const plain = crossEntropy.differentiate(state.model, batch);
    frozen.gradients.forEach((gradient, index) => {
      expect([...gradient.dataSync()]).toEqual([...plain.gradients[index]!.dataSync()]);
    });
    expect(frozen.report.loss - frozen.report.regulariser!.value).toBeCloseTo(plain.report.loss, 4);
    // On the model that the perturbations were made for, the regulariser is the recomputed one.
    const recomputed = deepDefense(gentle).differentiate(state.model, batch);
    expect(frozen.report.regulariser!.value / recomputed.report.regulariser!.value).toBeCloseTo(1, 4);
    expect(frozen.report.regulariser!.unfooled).toBe(recomputed.report.regulariser!.unfooled);
    tf.dispose([...frozen.gradients, ...plain.gradients, ...recomputed.gradients, batch.images]);
    expect(tf.memory().numTensors).toBe(before);
    disposeState(state);
  });

  test("perturbationRatios() stops when asked", async () => {
    const state = freshState([6, 5, 3], 4);
    const signal = AbortSignal.abort();
    const ratios = perturbationRatios(state.model, smallSource(12, 6, 3), OPTIONS.deepFool, signal);
    await expect(ratios).rejects.toThrow("aborted");
    disposeState(state);
  });
});

test("meanCrossEntropy() has a gradient that sums to zero over the classes", () => {
  const sums = tf.tidy(() => {
    const gradient = tf.grad((logits) => meanCrossEntropy(logits as tf.Tensor2D, Int32Array.of(1, 0)))(
      tf.tensor2d([
        [0.3, -1, 2],
        [1, 1, 1],
      ]),
    );
    return [...tf.sum(gradient, 1).dataSync()];
  });
  for (const sum of sums) expect(sum).toBeCloseTo(0, 6);
});
