import { expect, test } from "vitest";
import { signedText, timesText } from "./signed-text.ts";

test.each([
  [0.03123, 4, "+0.0312"],
  [-1.005, 1, "-1.0"],
  [0.00001, 4, "0.0000"],
  [-0.00001, 4, "0.0000"],
  [1234.5, 0, "+1,235"],
])("signedText() of %d with %d digits is %s", (value, digits, text) => {
  expect(signedText(value, digits, "en")).toBe(text);
});

test.each([
  [0.108, 0.04, "2.7 times"],
  [0.03, 0.04, "0.75 times"],
  [1, 0, ""],
])("timesText() of %d against %d is %s", (value, baseline, text) => {
  expect(timesText(value, baseline, "en")).toBe(text);
});
