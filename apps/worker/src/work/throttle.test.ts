import { expect, test } from "vitest";
import { createThrottle } from "./throttle.ts";

test("createThrottle() lets the first through, and then one in 300 ms", () => {
  let nowMs = 5000;
  const { isDue } = createThrottle(() => nowMs);
  const after = (ms: number) => {
    nowMs += ms;
    return isDue();
  };
  expect([0, 0, 299, 1, 1, 298, 1, 1000].map(after)).toEqual([
    true,
    false,
    false,
    true,
    false,
    false,
    true,
    true,
  ]);
});
