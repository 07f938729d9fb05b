import { expect, test } from "vitest";
import { arch, band, mirrored, rounded } from "./outline.ts";
import { wave } from "./variation.ts";

test("mirrored() goes down the right half and up the left", () => {
  expect(mirrored([[1, -1], [2, 1]])).toEqual([[1, -1], [2, 1], [-2, 1], [-1, -1]]); // prettier-ignore
});

test("rounded() cuts each corner twice and stays inside", () => {
  const round = rounded([[0, 0], [16, 0], [16, 16], [0, 16]]); // prettier-ignore
  expect(round).toHaveLength(16);
  // The corner (0, 0): edges cut at 4 and 12, then those at a quarter and three quarters.
  expect(round).toContainEqual([6, 0]);
  expect(round).toContainEqual([1, 3]);
});

test("band() lies half its width to either side of the path", () => {
  expect(band([[0, 0], [4, 0]], 2)).toEqual([[0, -1], [4, -1], [4, 1], [0, 1]]); // prettier-ignore
});

test("arch() begins and ends where it is told and is highest in the middle", () => {
  const points = arch([0, 1], [8, 1], 3);
  expect([points[0], points[4], points[8]]).toEqual([[0, 1], [4, -2], [8, 1]]); // prettier-ignore
});

test("wave() has period 1 and goes through 0, 1, 0, -1", () => {
  expect([0, 0.25, 0.5, 0.75, 1, -0.75].map(wave)).toEqual([0, 1, -0, -1, 0, 1]);
});
