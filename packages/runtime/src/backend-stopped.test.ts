import { expect, test } from "vitest";
import { startBackend, stopBackend } from "./backend.ts";
import { tf } from "./tf.ts";

/** The corner of [[1, 2], [3, 4]] transposed times itself, 1 * 1 + 3 * 3; and the sign of a number that the stock kernel takes for 0. */
function compute(): readonly number[] {
  return tf.tidy(() => {
    const a = tf.tensor2d([1, 2, 3, 4], [2, 2]);
    const [corner] = tf.matMul(a, a, true, false).dataSync();
    return [corner!, tf.sign(tf.scalar(1e-9)).dataSync()[0]!];
  });
}

test("stopBackend() does nothing before a start; after it another backend starts, also with other threads", async () => {
  await stopBackend();
  for (const [threads, variant] of [
    [1, "simd"],
    [2, "simd-threads"],
    [2, "simd-threads"],
    [1, "simd"],
  ] as const) {
    expect(await startBackend({ threads })).toMatchObject({ threads, variant, fallback: null });
    expect(compute()).toEqual([10, 1]);
    await stopBackend();
    await stopBackend();
  }
});
