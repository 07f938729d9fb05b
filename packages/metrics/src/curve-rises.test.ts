import { expect, test } from "vitest";
import { curveRises } from "./curve-rises.ts";

test("curveRises() finds none in a curve that falls or stays", () => {
  expect(curveRises([90, 70, 70, 20, 0], 100)).toEqual({ count: 0, largest: 0 });
  expect(curveRises([], 0)).toEqual({ count: 0, largest: 0 });
});

test("curveRises() counts rising neighbours and gives the greatest climb above an earlier point", () => {
  // 40 -> 45 -> 50 is one climb of 10 in two places; 30 -> 33 is smaller
  expect(curveRises([90, 40, 45, 50, 30, 33], 100)).toEqual({ count: 3, largest: 0.1 });
});

test("curveRises() refuses counts that are none", () => {
  expect(() => curveRises([101], 100)).toThrow(RangeError);
  expect(() => curveRises([-1], 100)).toThrow(RangeError);
  expect(() => curveRises([NaN], 100)).toThrow(RangeError);
});
