import { expect, test } from "vitest";
import { keyEntries, shownSeries } from "./chart-key.ts";
import type { ChartSeries } from "./line-chart.ts";

const plain: ChartSeries = { id: "a", label: "A", style: 0, points: [], value: "AUC 0.9" };
const group = { id: "g", label: "Model" };
const solid: ChartSeries = { id: "b", label: "B, test", style: 1, dash: "none", points: [], group };
const dashed: ChartSeries = { ...solid, id: "c", label: "B, training", dash: "4 4" };

test("keyEntries() has a row a line, and one for lines of a group, as the first of them looks", () => {
  expect(keyEntries([plain, solid, dashed])).toEqual([
    { id: "a", label: "A", style: 0, value: "AUC 0.9" },
    { id: "g", label: "Model", style: 1, dash: "none" },
  ]);
});

test("shownSeries() leaves out lines by their id, and groups by theirs", () => {
  expect(shownSeries([plain, solid, dashed], ["g"])).toEqual([plain]);
  expect(shownSeries([plain, solid, dashed], ["a", "b"])).toEqual([solid, dashed]);
});
