import { expect, test } from "vitest";
import { evenlySpaced } from "./evenly-spaced.ts";

test("evenlySpaced() goes from 0 to the end, both included", () => {
  expect(evenlySpaced(1, 5)).toEqual([0, 0.25, 0.5, 0.75, 1]);
  expect(evenlySpaced(0.119, 61).at(-1)).toBe(0.119);
  expect(evenlySpaced(0, 2)).toEqual([0, 0]);
});

test("evenlySpaced() refuses fewer than two points and a negative end", () => {
  expect(() => evenlySpaced(1, 1)).toThrow(RangeError);
  expect(() => evenlySpaced(1, 2.5)).toThrow(RangeError);
  expect(() => evenlySpaced(-1, 5)).toThrow(RangeError);
  expect(() => evenlySpaced(NaN, 5)).toThrow(RangeError);
});
