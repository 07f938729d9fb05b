import { expect, test } from "vitest";
import { timeLeft } from "./time-left.ts";

const STARTED = "2026-11-23T00:00:00.000Z";
const after = (seconds: number) => Date.parse(STARTED) + 1000 * seconds;

test("timeLeft() goes on as until now", () => {
  // A quarter took 10 s: three quarters take 30.
  expect(timeLeft(0.25, STARTED, after(10))).toBe(30);
  expect(timeLeft(1, STARTED, after(10))).toBe(0);
});

test.each([
  ["has not begun", 0, null, 10],
  ["has done next to nothing", 0.005, STARTED, 10],
  ["began just now", 0.5, STARTED, 1],
] as const)("timeLeft() tells nothing of a run that %s", (_, share, startedAt, seconds) => {
  expect(timeLeft(share, startedAt, after(seconds))).toBeNull();
});
