import { expect, test } from "vitest";
import { EPSILONS } from "./play-epsilons.ts";
import type { PlayFindings } from "./play-model-views.ts";
import { playOverview } from "./play-overview.ts";

/** Right up to an epsilon, and less and less sure. */
const curve = (until: number) => ({
  predicted: Int32Array.from(EPSILONS, (epsilon) => (epsilon < until ? 0 : 1)),
  probability: Float32Array.from(EPSILONS, (epsilon) => 1 - epsilon),
});
const state = (rho: number | null) => ({
  ...{ probabilities: Float32Array.of(1, 0), predicted: 0, pixels: Float32Array.of(1), towards: null, rho },
});
const FINDINGS: PlayFindings = {
  models: [
    { id: "vanilla", label: "Vanilla" },
    { id: "deep-defense", label: "Deep Defense" },
  ],
  ...{ classNames: ["Shirt", "Coat"], label: 0, pixels: Float32Array.of(1) },
  curves: [curve(0.02), curve(0.1)],
  trails: [
    { states: [state(0), state(0.01)], fooled: true },
    { states: [state(0), state(0.02), state(0.03)], fooled: true },
  ],
  ...{ maps: null, fgs: [], isClipped: false },
};

test("playOverview() of FGS tells where each model falls, and draws every fifth epsilon", () => {
  const { sentence, chart, csv } = playOverview(FINDINGS, "fgs", [{ epsilon: 0.06, label: "ε_ref" }]);
  expect(sentence).toBe("Vanilla falls at ε 0.0200; Deep Defense holds until 0.1000.");
  expect(chart.references).toEqual([{ x: 0.06, label: "ε_ref" }]);
  expect(chart.series.map(({ points }) => points.length)).toEqual([61, 61]);
  expect(chart.series[1]!.points[2]).toEqual([0.01, Math.fround(1 - 0.01)]);
  expect(
    csv()
      .split("\r\n")
      .map((row) => row.split(",")[1])
      .slice(0, 4),
  ).toEqual(["epsilon", "0", "0.005", "0.01"]);
});

test("playOverview() of DeepFool tells how far each boundary is, and draws every step", () => {
  const { sentence, chart, csv } = playOverview(FINDINGS, "deepfool", []);
  expect(sentence).toContain("The boundary of Vanilla is nearest: a change of 1.00% of the image’s length");
  expect(chart.series.map(({ points }) => points)).toEqual([
    [
      [0, 0],
      [1, 0.01],
    ],
    [
      [0, 0],
      [1, 0.02],
      [2, 0.03],
    ],
  ]);
  expect(csv()).toContain("Deep Defense,2,0.03\r\n");
});

test("playOverview() of DeepFool on a blank image has a line along the axis", () => {
  const blank = { states: [state(null)], fooled: false };
  const { chart } = playOverview({ ...FINDINGS, trails: [blank, blank] }, "deepfool", []);
  expect(chart.series[0]!.points).toEqual([[0, 0]]);
});
