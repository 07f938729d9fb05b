import { expect, test } from "vitest";
import { spreadOf } from "./statistics.ts";

test("spreadOf() takes the middle of an odd number of values, in any order", () => {
  // Sorted 1 2 3 9 10: the quartiles lie on the second and the fourth.
  expect(spreadOf([10, 1, 9, 2, 3])).toEqual({
    median: 3,
    min: 1,
    max: 10,
    lowerQuartile: 2,
    upperQuartile: 9,
  });
});

test("spreadOf() lies between two values in proportion", () => {
  // Sorted 10 20 30 50: positions 0.75, 1.5 and 2.25 (numpy.percentile gives the same).
  expect(spreadOf([50, 10, 30, 20])).toEqual({
    median: 25,
    min: 10,
    max: 50,
    lowerQuartile: 17.5,
    upperQuartile: 35,
  });
});

test("spreadOf() of one value is that value, and of none an error", () => {
  expect(spreadOf([4])).toEqual({ median: 4, min: 4, max: 4, lowerQuartile: 4, upperQuartile: 4 });
  expect(() => spreadOf([])).toThrow(RangeError);
});

test("spreadOf() leaves its input unsorted", () => {
  const values = [2, 1];
  spreadOf(values);
  expect(values).toEqual([2, 1]);
});
