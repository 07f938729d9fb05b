import { expect, test } from "vitest";
import { histogram } from "./histogram.ts";

test("histogram() has the lower edge in a bin, and all beyond the end in the last", () => {
  expect(histogram([0, 0.24, 0.25, 0.5, 0.99, 1, 7, Infinity], 1, 4)).toEqual({
    upTo: 1,
    counts: [2, 1, 1, 4],
  });
});

test("histogram() refuses a range or bins that are none", () => {
  expect(() => histogram([], 0, 4)).toThrow(RangeError);
  expect(() => histogram([], NaN, 4)).toThrow(RangeError);
  expect(() => histogram([], 1, 0)).toThrow(RangeError);
  expect(() => histogram([], 1, 1.5)).toThrow(RangeError);
});
