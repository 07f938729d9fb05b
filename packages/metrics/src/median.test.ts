import { expect, test } from "vitest";
import { median } from "./median.ts";

test("median() is the middle value or the mean of the two middle ones", () => {
  expect(median([3])).toBe(3);
  expect(median([9, 1, 10])).toBe(9);
  expect(median([4, 100, 1, 2])).toBe(3);
  expect(median([])).toBeNull();
});

test("median() leaves its input unsorted", () => {
  const values = Float64Array.of(2, 1);
  median(values);
  expect([...values]).toEqual([2, 1]);
});
