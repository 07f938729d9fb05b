import { expect, test } from "vitest";
import { clock, took } from "./durations.ts";

test.each([
  [0, "0:00"],
  [-5, "0:00"],
  [7_400, "0:07"],
  [59_600, "1:00"],
  [750_000, "12:30"],
  [3_723_000, "1:02:03"],
])("clock(%d) is %s", (ms, text) => {
  expect(clock(ms)).toBe(text);
});

test.each([
  [0.04, "0.0 s"],
  [12.34, "12.3 s"],
  [59.96, "1 min 00 s"],
  [245, "4 min 05 s"],
  [3725, "1 h 02 min"],
])("took(%d) is %s", (seconds, text) => {
  expect(took(seconds)).toBe(text);
});
