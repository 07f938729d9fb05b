import { startBackend, stopBackend, tf } from "@gambeson/runtime";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answerCalls } from "./answer-calls.ts";
import { AFFINE, weightsFile, WITH_HIDDEN } from "./testing/known-models.ts";

beforeAll(async () => {
  await startBackend({ threads: 1 });
});
afterAll(stopBackend);

function freshCalls() {
  let ms = 0;
  return answerCalls({
    backend: (hasThreads) =>
      Promise.resolve({
        variant: hasThreads ? "simd-threads" : "simd",
        threads: hasThreads ? 2 : 1,
        fallback: null,
      }),
    now: () => (ms += 2),
  });
}

test("answerCalls() loads models, answers for them, and says how long it took", async () => {
  const answer = freshCalls();
  const loaded = await answer({ id: 1, kind: "load", asked: { weights: [AFFINE, WITH_HIDDEN] } });
  expect(loaded).toEqual({
    id: 1,
    answer: { variant: "simd", threads: 1, fallback: null, inputSize: 2, classCount: 3 },
    ms: 2,
  });
  const seen = await answer({ id: 2, kind: "see", asked: { pixels: Float32Array.of(1, 0.5) } });
  expect(seen).toMatchObject({ id: 2, answer: [{ predicted: 0 }, { predicted: 0 }] });
});

test("answerCalls() computes on all cores for models that are large enough", async () => {
  const large = weightsFile([
    [[500_000, 2], new Array<number>(1_000_000).fill(0)],
    [[2], [0, 0]],
  ]);
  expect(await freshCalls()({ id: 1, kind: "load", asked: { weights: [large] } })).toMatchObject({
    answer: { variant: "simd-threads", threads: 2, inputSize: 500_000 },
  });
});

test("answerCalls() frees the models of an earlier load, and keeps them when the next one fails", async () => {
  const answer = freshCalls();
  const before = tf.memory().numTensors;
  await answer({ id: 1, kind: "load", asked: { weights: [AFFINE, WITH_HIDDEN] } });
  const held = tf.memory().numTensors;
  await answer({ id: 2, kind: "load", asked: { weights: [AFFINE] } });
  // Weights, biases, and a Gram matrix each.
  expect(tf.memory().numTensors - before).toBe(3);
  expect(held - before).toBe(8);
  expect(await answer({ id: 3, kind: "load", asked: { weights: [new Uint8Array(3)] } })).toHaveProperty(
    "failure",
  );
  expect(await answer({ id: 4, kind: "see", asked: { pixels: Float32Array.of(1, 0.5) } })).toHaveProperty(
    "answer",
  );
});

test("answerCalls() says in words what it cannot do", async () => {
  expect(await freshCalls()({ id: 7, kind: "see", asked: { pixels: new Float32Array(2) } })).toEqual({
    id: 7,
    failure: "Cannot attack an image as models must be loaded first: current value is none",
  });
});
