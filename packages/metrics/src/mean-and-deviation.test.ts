import fc from "fast-check";
import { expect, test } from "vitest";
import { meanAndDeviation } from "./mean-and-deviation.ts";

test("meanAndDeviation() divides the squares by n - 1", () => {
  // mean 5; squares 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32; 32 / 7
  const { mean, deviation } = meanAndDeviation([2, 4, 4, 4, 5, 5, 7, 9]);
  expect(mean).toBeCloseTo(5, 14);
  expect(deviation).toBeCloseTo(Math.sqrt(32 / 7), 14);
});

test("meanAndDeviation() of one value shows no scatter", () => {
  expect(meanAndDeviation([0.1])).toEqual({ mean: 0.1, deviation: null });
});

test("meanAndDeviation() of equal values is exactly the value and 0", () => {
  expect(meanAndDeviation([0.1, 0.1, 0.1])).toEqual({ mean: 0.1, deviation: 0 });
});

test("meanAndDeviation() moves with its values, and the deviation does not", () => {
  const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 20 });
  fc.assert(
    fc.property(values, fc.integer({ min: -1000, max: 1000 }), (numbers, shift) => {
      const before = meanAndDeviation(numbers);
      const after = meanAndDeviation(numbers.map((x) => x + shift));
      expect(after.mean).toBeCloseTo(before.mean + shift, 9);
      expect(after.deviation).toBeCloseTo(before.deviation!, 9);
    }),
  );
});

test("meanAndDeviation() refuses no values and values that are not finite", () => {
  expect(() => meanAndDeviation([])).toThrow(RangeError);
  expect(() => meanAndDeviation([1, NaN])).toThrow(RangeError);
  expect(() => meanAndDeviation([Infinity])).toThrow(RangeError);
});
