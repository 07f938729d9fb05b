import { expect, test } from "vitest";
import { compared } from "../testing/compared.ts";
import { comparedAccuracy, comparedBars, comparedRoc } from "./compare-charts.ts";

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
  expect(csv.split("\r\n").slice(0, 2)).toEqual(["line,epsilon,accuracy", "A,0,1"]);
});

test("comparedAccuracy() draws every model in its run's look, a model a dash", () => {
  const { chart } = comparedAccuracy(RUNS, "")!;
  expect(chart.series.map(({ label, style, dash }) => [label, style, dash])).toEqual([
    ["A: The vanilla", 0, "none"],
    ["A: The hard", 0, "7 4"],
    ["B: The vanilla", 1, "none"],
  ]);
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

test("comparedBars() have one scale", () => {
  const { end, groups, csv } = comparedBars(RUNS);
  expect(end).toBe(0.1);
  expect(groups.map(({ label, bars }) => [label, ...bars.map((bar) => `${bar.label} ${bar.text}`)])).toEqual([
    ["The vanilla", "A 0.0400", "B 0.0800"],
    ["The hard", "A 0.1000"],
  ]);
  expect(csv).toBe("model,run,rho2\r\nThe vanilla,A,0.04\r\nThe vanilla,B,0.08\r\nThe hard,A,0.1\r\n");
});
