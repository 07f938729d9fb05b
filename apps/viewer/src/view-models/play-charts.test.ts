import { expect, test } from "vitest";
import { deepFoolChart, fgsChart, playCsv } from "./play-charts.ts";

const LINES = [
  {
    id: "vanilla",
    label: "Vanilla",
    points: [
      [0, 0.9],
      [0.1, 0.2],
    ],
  },
  {
    id: "deep-defense",
    label: "Deep Defense",
    points: [
      [0, 0.8],
      [0.1, 0.7],
    ],
  },
] as const;

test("fgsChart() marks the references that it reaches, and gives every model its own style", () => {
  const chart = fgsChart(LINES, 0.3, [
    { x: 0.06, label: "ε_ref" },
    { x: 0.5, label: "2 ε_ref" },
  ]);
  expect(chart.references).toEqual([{ x: 0.06, label: "ε_ref" }]);
  expect(chart.x.domain).toEqual([0, 0.3]);
  expect(chart.series.map(({ id, style }) => [id, style])).toEqual([
    ["vanilla", 0],
    ["deep-defense", 1],
  ]);
});

test("deepFoolChart() reaches the longest walk, and has an axis where nothing moved", () => {
  const walk = {
    id: "a",
    label: "A",
    points: [
      [0, 0],
      [1, 0.02],
      [2, 0.03],
    ],
  } as const;
  const { x, y } = deepFoolChart([walk]);
  expect(x.domain).toEqual([0, 2]);
  expect(y.domain[1]).toBeCloseTo(0.033);
  expect([x.tick?.(1), x.tick?.(0.5), x.format(2)]).toEqual(["1", "", "step 2"]);
  expect(deepFoolChart([{ ...walk, points: [[0, 0]] }]).y.domain[1]).toBeGreaterThan(0);
});

test("playCsv() has a point a row", () => {
  expect(playCsv(LINES.slice(0, 1), ["epsilon", "probability"])).toBe(
    "model,epsilon,probability\r\nVanilla,0,0.9\r\nVanilla,0.1,0.2\r\n",
  );
});
