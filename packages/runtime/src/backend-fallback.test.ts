import { afterAll, expect, test } from "vitest";
import { startBackend, stopBackend } from "./backend.ts";
import { tf } from "./tf.ts";

afterAll(stopBackend);

test("startBackend() falls back to SIMD without threads, says why, and computes", async () => {
  // The engine's own switch for threads, taken away as an embedder without them would have it.
  const { SharedArrayBuffer: shared } = globalThis;
  Reflect.deleteProperty(globalThis, "SharedArrayBuffer");
  try {
    expect(await startBackend({ threads: 2 })).toMatchObject({
      variant: "simd",
      threads: 1,
      fallback: "simd-threads: SharedArrayBuffer is missing",
    });
  } finally {
    globalThis.SharedArrayBuffer = shared;
  }
  expect(tf.add(1, 2).dataSync()[0]).toBe(3);
});
