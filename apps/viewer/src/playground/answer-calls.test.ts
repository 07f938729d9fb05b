import { startBackend, stopBackend, tf } from "@gambeson/runtime";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answerCalls } from "./answer-calls.ts";
import { AFFINE, WITH_HIDDEN } from "./testing/known-models.ts";

beforeAll(async () => {
  await startBackend({ threads: 1 });
});
afterAll(stopBackend);

function freshCalls() {
  let ms = 0;
  return answerCalls({
    backend: () => Promise.resolve({ variant: "simd", threads: 1, fallback: null }),
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

test("answerCalls() frees the models of an earlier load, and keeps them when the next one fails", async () => {
  const answer = freshCalls();
  const before = tf.memory().numTensors;
  await answer({ id: 1, kind: "load", asked: { weights: [AFFINE, WITH_HIDDEN] } });
  const held = tf.memory().numTensors;
  await answer({ id: 2, kind: "load", asked: { weights: [AFFINE] } });
  expect(tf.memory().numTensors - before).toBe(2);
  expect(held - before).toBe(6);
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
