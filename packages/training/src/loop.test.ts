import { startKernels, type Kernels } from "@gambeson/kernels";
import { startBackend, stopBackend, tf } from "@gambeson/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { crossEntropy, meanCrossEntropy } from "./cross-entropy.ts";
import { kernelTrainer } from "./kernel-trainer.ts";
import { disposeState, train, type EpochReport, type TrainingState } from "./loop.ts";
import type { Objective } from "./objective.ts";
import { tensorTrainer } from "./tensor-trainer.ts";
import type { TrainerFactory } from "./trainer.ts";
import { freshState, SCHEDULE, smallSource } from "./testing/small-training.ts";

let kernels: Kernels;
beforeAll(async () => {
  await startBackend({ threads: 1 });
  kernels = await startKernels({ threads: 2 });
});
afterAll(async () => {
  await kernels.stop();
  await stopBackend();
});

/** Everyone who can take the steps. */
const TRAINERS: readonly [string, TrainerFactory][] = [
  ["tensors", tensorTrainer],
  ["kernels", (...start) => kernelTrainer(kernels)(...start)],
];

const SOURCE = smallSource(100, 12, 1);

/** Every number a state holds. */
function bytesOf({ model, adam }: TrainingState): number[][] {
  return [...model.parameters, ...adam.means, ...adam.squares].map((tensor) => [...tensor.dataSync()]);
}

describe.each(TRAINERS)("train() with %s", (_, trainer) => {
  const OPTIONS = { schedule: SCHEDULE, seed: 1, name: "test", trainer };

  test("learns, reports each epoch, and leaves no tensor but the state it gives", async () => {
    const start = freshState([12, 8, 3], 1);
    const before = tf.memory().numTensors;
    const reports: EpochReport[] = [];
    const end = await train(start, SOURCE, crossEntropy, {
      ...OPTIONS,
      onEpoch: (report) => {
        reports.push(report);
      },
    });
    expect(reports.map(({ epoch, count }) => [epoch, count])).toEqual(
      [1, 2, 3, 4].map((epoch) => [epoch, 100]),
    );
    expect(reports[3]!.loss).toBeLessThan(reports[0]!.loss);
    expect(reports[3]!.correct).toBeGreaterThan(80);
    expect(reports[3]!.regulariser).toBeNull();
    // 100 images in batches of 16: 7 steps an epoch, the last one of 4 images.
    expect(end.adam.steps).toBe(28);
    disposeState(end);
    expect(tf.memory().numTensors).toBe(before);
    disposeState(start);
  });

  test("gives the same numbers again, and others for another seed", async () => {
    const run = async (seed: number) => {
      const start = freshState([12, 8, 3], 1);
      const end = await train(start, SOURCE, crossEntropy, { ...OPTIONS, seed });
      const bytes = bytesOf(end);
      disposeState(start);
      disposeState(end);
      return bytes;
    };
    const first = await run(1);
    expect(await run(1)).toEqual(first);
    expect(await run(2)).not.toEqual(first);
  });

  test("goes on from a state between epochs as if it had never stopped", async () => {
    const start = freshState([12, 8, 3], 1);
    const whole = await train(start, SOURCE, crossEntropy, OPTIONS);
    const half = await train(start, SOURCE, crossEntropy, {
      ...OPTIONS,
      schedule: { ...SCHEDULE, epochs: 2 },
    });
    expect(half.epoch).toBe(2);
    const rest = await train(half, SOURCE, crossEntropy, OPTIONS);
    expect(bytesOf(rest)).toEqual(bytesOf(whole));
    for (const state of [start, whole, half, rest]) disposeState(state);
  });

  test("stops when asked and leaks nothing", async () => {
    const start = freshState([12, 8, 3], 1);
    const before = tf.memory().numTensors;
    const controller = new AbortController();
    const run = train(start, SOURCE, crossEntropy, {
      ...OPTIONS,
      signal: controller.signal,
      onProgress: (epoch) => {
        if (epoch === 2) controller.abort();
      },
    });
    await expect(run).rejects.toThrow("aborted");
    expect(tf.memory().numTensors).toBe(before);
    disposeState(start);
  });

  test("leaks nothing when the objective throws", async () => {
    const start = freshState([12, 8, 3], 1);
    const before = tf.memory().numTensors;
    let calls = 0;
    const failing: Objective = {
      settings: null,
      differentiate: (model, batch) => {
        tf.mul(batch.images, 2);
        if (++calls === 3) throw new Error("no more");
        return crossEntropy.differentiate(model, batch);
      },
    };
    await expect(train(start, SOURCE, failing, OPTIONS)).rejects.toThrow("no more");
    expect(tf.memory().numTensors).toBe(before);
    disposeState(start);
  });

  test("says so when the loss is no number any more, and leaks nothing", async () => {
    const start = freshState([12, 8, 3], 1);
    const before = tf.memory().numTensors;
    const schedule = { ...SCHEDULE, learningRate: 1e38 };
    await expect(train(start, SOURCE, crossEntropy, { ...OPTIONS, schedule })).rejects.toThrow(
      "the loss must be a finite number",
    );
    expect(tf.memory().numTensors).toBe(before);
    disposeState(start);
  });
});

test("meanCrossEntropy() is the mean of -log softmax at the true classes, by hand", () => {
  // softmax([0, ln 3]) = [1/4, 3/4]; softmax([5, 5]) = [1/2, 1/2].
  const value = tf.tidy(
    () =>
      meanCrossEntropy(
        tf.tensor2d([
          [0, Math.log(3)],
          [5, 5],
        ]),
        Int32Array.of(0, 1),
      ).dataSync()[0],
  );
  expect(value).toBeCloseTo((Math.log(4) + Math.log(2)) / 2, 6);
});
