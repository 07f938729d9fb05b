import { expect, test } from "vitest";
import { accuracy } from "./accuracy.ts";

test("accuracy() counts equal classes", () => {
  expect(accuracy([2, 0, 1, 1], Int32Array.of(2, 1, 1, 0))).toEqual({ count: 2, of: 4 });
  expect(accuracy([], [])).toEqual({ count: 0, of: 0 });
});

test("accuracy() refuses arrays of different length", () => {
  expect(() => accuracy([1], [1, 2])).toThrow(
    new RangeError(
      "Cannot count correct answers as 'predicted' must be as long as 'labels' (2): current value is 1",
    ),
  );
});
