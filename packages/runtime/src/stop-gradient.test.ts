import { afterAll, beforeAll, expect, test } from "vitest";
import { startBackend, stopBackend } from "./backend.ts";
import { stopGradient } from "./stop-gradient.ts";
import { tf } from "./tf.ts";

beforeAll(async () => {
  await startBackend({ threads: 1 });
});
afterAll(stopBackend);

test("stopGradient() passes values and no gradient", () => {
  // d/dx of x * stop(x) at 3 is stop(x) = 3, where d/dx of x * x would be 6.
  const [value, slope] = tf.tidy(() => {
    const { value, grad } = tf.valueAndGrad((x) => x.mul(stopGradient(x)))(tf.scalar(3));
    return [value.dataSync()[0], grad.dataSync()[0]];
  });
  expect([value, slope]).toEqual([9, 3]);
});
