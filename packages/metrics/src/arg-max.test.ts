import { expect, test } from "vitest";
import { argMax } from "./arg-max.ts";

test("argMax() finds each row's highest score, the lowest class on a tie", () => {
  expect([...argMax([1, 3, 2, 5, 5, -1, -Infinity, -Infinity, -9], 3)]).toEqual([1, 0, 2]);
  expect([...argMax([], 3)]).toEqual([]);
});

test("argMax() refuses NaN, also in the first place, and broken rows", () => {
  expect(() => argMax([NaN, 1], 2)).toThrow(RangeError);
  expect(() => argMax([1, NaN], 2)).toThrow(RangeError);
  expect(() => argMax([1, 2, 3], 2)).toThrow(RangeError);
  expect(() => argMax([1], 0)).toThrow(RangeError);
});
