import { expect, test } from "vitest";
import { atMost } from "./at-most.ts";

test("atMost() keeps the order, and never does more at a time", async () => {
  let [now, peak] = [0, 0];
  const answers = await atMost(3, [5, 1, 4, 1, 3, 2, 6], async (value) => {
    peak = Math.max(peak, ++now);
    await new Promise((resolve) => setTimeout(resolve, value));
    now--;
    return 10 * value;
  });
  expect(answers).toEqual([50, 10, 40, 10, 30, 20, 60]);
  expect(peak).toBe(3);
});

test("atMost() begins nothing more after a failure", async () => {
  const begun: number[] = [];
  const work = (value: number) => {
    begun.push(value);
    return value === 2 ? Promise.reject(new Error("no")) : Promise.resolve(value);
  };
  await expect(atMost(1, [1, 2, 3], work)).rejects.toThrow("no");
  expect(begun).toEqual([1, 2]);
});
