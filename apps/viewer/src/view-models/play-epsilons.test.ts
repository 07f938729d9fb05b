import { expect, test } from "vitest";
import {
  EPSILON_STEP,
  EPSILONS,
  epsilonMarks,
  MOST_EPSILON,
  shareOfReference,
  usualEpsilon,
} from "./play-epsilons.ts";

test("EPSILONS run from 0 to the largest, and have no float32 noise", () => {
  expect([EPSILONS.length, EPSILONS[0], EPSILONS[5], EPSILONS.at(-1)]).toEqual([301, 0, 0.005, MOST_EPSILON]);
  expect(EPSILONS[1]! - EPSILONS[0]!).toBe(EPSILON_STEP);
});

test("epsilonMarks() are those that the slider reaches", () => {
  expect(epsilonMarks(0.06, [0.2, 1, 10])).toEqual([
    { epsilon: 0.012, label: "0.2 ε_ref" },
    { epsilon: 0.06, label: "ε_ref" },
  ]);
  expect(epsilonMarks(null, [1])).toEqual([]);
  expect(epsilonMarks(0, [1])).toEqual([]);
});

test("usualEpsilon() is half of eps_ref, as far as the slider goes", () => {
  expect(usualEpsilon(0.06)).toBe(0.03);
  expect(usualEpsilon(null)).toBe(0.05);
  expect(usualEpsilon(0.9)).toBe(0.3);
});

test("shareOfReference() says what an epsilon is of eps_ref", () => {
  expect(shareOfReference(0.03, 0.06)).toBe("0.50");
  expect(shareOfReference(0.03, null)).toBe(null);
  expect(shareOfReference(0.03, 0)).toBe(null);
});
