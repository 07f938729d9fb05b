import { expect, test } from "vitest";
import { meanCurve } from "./mean-curve.ts";

test("meanCurve() of one run is its curve", () => {
  const curve = { epsilons: [0, 0.1, 0.3], correct: [8, 4, 2], of: 10 };
  expect(meanCurve([{ curve }]).map(({ epsilon, mean }) => [epsilon, mean])).toEqual([
    [0, 0.8],
    [0.1, 0.4],
    [0.3, 0.2],
  ]);
});

test("meanCurve() reads runs with other epsilons between their points, as far as all reach", () => {
  const points = meanCurve([
    { curve: { epsilons: [0, 1, 2], correct: [10, 6, 2], of: 10 } },
    { curve: null },
    { curve: { epsilons: [0, 2, 4], correct: [8, 4, 0], of: 10 } },
  ]);
  expect(points.map(({ epsilon }) => epsilon)).toEqual([0, 1, 2]);
  // second run at 1: halfway from 8 to 4
  expect(points.map(({ lowest }) => lowest)).toEqual([0.8, 0.6, 0.2]);
  expect(points.map(({ highest }) => highest)).toEqual([1, 0.6, 0.4]);
  expect(points[0]?.mean).toBeCloseTo(0.9, 12);
  expect(points[2]?.mean).toBeCloseTo(0.3, 12);
});

test("meanCurve() reads several runs at further epsilons too, within their reach", () => {
  const runs = [
    { curve: { epsilons: [0, 1, 2], correct: [10, 6, 2], of: 10 } },
    { curve: { epsilons: [0, 2, 4], correct: [8, 4, 0], of: 10 } },
  ];
  const points = meanCurve(runs, [3, 1.5, 0]);
  expect(points.map(({ epsilon }) => epsilon)).toEqual([0, 1, 1.5, 2]);
  // 0.4 halfway from 6 to 2, and 0.5 three quarters of the way from 8 to 4.
  expect(points[2]?.mean).toBeCloseTo(0.45, 12);
  expect(meanCurve(runs.slice(0, 1), [1.5])).toHaveLength(3);
});

test("meanCurve() of runs without a curve is empty", () => {
  expect(meanCurve([{ curve: null }])).toEqual([]);
});
