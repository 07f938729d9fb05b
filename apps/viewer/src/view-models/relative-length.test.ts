import { expect, test } from "vitest";
import { relativeLength } from "./relative-length.ts";

test("relativeLength() is |moved - original| / |original|", () => {
  expect(relativeLength([3, 4], [6, 8])).toBe(1);
  expect(relativeLength([3, 4], [3, 4.5])).toBe(0.1);
  expect(relativeLength([0, 0], [1, 0])).toBe(null);
});

test("relativeLength() measures images of any size", () => {
  const original = new Float32Array(1_000_000).fill(1);
  expect(
    relativeLength(
      original,
      original.map(() => 1.5),
    ),
  ).toBe(0.5);
});
