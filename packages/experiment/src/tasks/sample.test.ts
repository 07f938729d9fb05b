import { expect, test } from "vitest";
import { sampleIndices } from "./sample.ts";

test("sampleIndices() takes the first of each class in turn, then the second of each", () => {
  const labels = Uint8Array.of(1, 1, 0, 2, 0, 1);
  expect(sampleIndices(labels, 3, 3)).toEqual([2, 0, 3]);
  expect(sampleIndices(labels, 3, 5)).toEqual([2, 0, 3, 4, 1]);
  expect(sampleIndices(labels, 3, 100)).toEqual([2, 0, 3, 4, 1, 5]);
  expect(sampleIndices(labels, 3, 2)).toEqual([2, 0]);
});
