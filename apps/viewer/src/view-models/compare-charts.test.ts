import { expect, test } from "vitest";
import { compared } from "../testing/compared.ts";
import { comparedAccuracy, comparedRoc } from "./compare-charts.ts";

const RUNS = compared(
  [
    { id: "vanilla", correct: 100, rho2: 0.04, curve: [100, 50, 0] },
    { id: "hard", correct: 90, rho2: 0.1, curve: [90, 80, 70], auc: 0.9 },
  ],
  [{ id: "vanilla", correct: 80, rho2: 0.08, curve: [80, 40, 20] }],
);

test("comparedAccuracy() draws one model of every run on the same axes, a run a look", () => {
  const { chart, csv } = comparedAccuracy(RUNS, "vanilla")!;
  expect(chart.series).toEqual([
    {
      id: "a/vanilla",
      label: "A",
      style: 0,
      points: [
        [0, 1],
        [0.1, 0.5],
        [0.2, 0],
      ],
    },
    {
      id: "b/vanilla",
      label: "B",
      style: 1,
      points: [
        [0, 0.8],
        [0.1, 0.4],
        [0.2, 0.2],
      ],
    },
  ]);
  expect(chart.x.domain).toEqual([0, 0.2]);
  // The baseline's, A's.
  expect(chart.references).toEqual([{ x: 0.05, label: "ε_ref of the baseline" }]);
  expect(csv().split("\r\n").slice(0, 2)).toEqual(["line,epsilon,accuracy", "A,0,1"]);
});

test("comparedAccuracy() draws every model in its run's look, a model a dash", () => {
  const { chart } = comparedAccuracy(RUNS, "")!;
  expect(chart.series.map(({ label, style, dash }) => [label, style, dash])).toEqual([
    ["A: The vanilla", 0, "none"],
    ["A: The hard", 0, "7 4"],
    ["B: The vanilla", 1, "none"],
  ]);
});

test("comparedAccuracy() says which runs have no curve, and why", () => {
  expect(comparedAccuracy(RUNS, "vanilla")!.chart.note).toBeUndefined();
  expect(comparedAccuracy(RUNS, "hard")!.chart.note).toBe("No curve: B has no such model.");
  const [a, b] = RUNS;
  const models = b!.summary.models.map((one) => ({
    ...one,
    runs: one.runs.map((run) => ({ ...run, curve: null })),
  }));
  const curveless = [a!, { ...b!, summary: { ...b!.summary, models } }];
  expect(comparedAccuracy(curveless, "vanilla")!.chart.note).toBe("No curve: B has no reference ε.");
});

test("comparedAccuracy() gives each of 21 models a dash of its own", () => {
  const models = Array.from({ length: 21 }, (_, i) => ({ id: `m${i}`, correct: 90, rho2: 0.1 }));
  const dashes = comparedAccuracy(compared(models), "")!.chart.series.map(({ dash }) => dash);
  expect(new Set(dashes).size).toBe(21);
  // A dash and a gap, pair by pair: an odd list would be drawn twice, the other way round.
  expect(dashes.every((dash) => dash === "none" || dash!.split(" ").length % 2 === 0)).toBe(true);
});

test("charts of what no run has are none", () => {
  expect(comparedAccuracy(RUNS, "other")).toBeNull();
  expect(comparedRoc(RUNS, { model: "other", label: 0, images: "own" })).toBeNull();
  expect(comparedRoc(RUNS, { model: "vanilla", label: 1, images: "own" })).toBeNull();
});

test("comparedRoc() draws one class of the runs that have the model", () => {
  const { chart } = comparedRoc(RUNS, { model: "hard", label: 0, images: "transferred" })!;
  expect(chart.series).toEqual([
    {
      id: "a",
      label: "A",
      style: 0,
      points: [
        [0, 0],
        [0, 1],
        [1, 1],
      ],
      value: "AUC 0.9000",
    },
  ]);
  expect(chart.hasDiagonal).toBe(true);
});
