import { expect, test } from "vitest";
import { compared } from "../testing/compared.ts";
import { aucTable, changesTable, largestChanges, modelChanges, referencesTable } from "./compare-tables.ts";
import { letterOf, lettersName, shortName } from "./compared-runs.ts";

const RUNS = compared(
  [
    { id: "vanilla", correct: 88, rho2: 0.04, auc: 0.75 },
    { id: "old", correct: 50, rho2: 0.02 },
  ],
  [
    { id: "vanilla", correct: 87, rho2: 0.1, auc: 0.875 },
    { id: "new", correct: 90, rho2: 0.3 },
  ],
  [{ id: "vanilla", correct: 91, rho2: 0.03, auc: 0.5 }],
);

test("modelChanges() matches models by their ids, and holds them against the baseline's", () => {
  expect(
    modelChanges(RUNS).map(({ model, run, accuracy, rho2, against }) => [
      model,
      run.label,
      accuracy.mean,
      rho2.mean,
      against && [against.accuracy.mean, against.rho2.mean],
    ]),
  ).toEqual([
    ["vanilla", "A", 0.88, 0.04, null],
    ["vanilla", "B", 0.87, 0.1, [0.88, 0.04]],
    ["vanilla", "C", 0.91, 0.03, [0.88, 0.04]],
    ["old", "A", 0.5, 0.02, null],
    ["new", "B", 0.9, 0.3, null],
  ]);
});

test("largestChanges() names the greatest gains and losses", () => {
  expect([...largestChanges(modelChanges(RUNS))]).toEqual([
    [1, "most ρ₂ gained, most accuracy lost"],
    [2, "most ρ₂ lost, most accuracy gained"],
  ]);
  const same = compared(
    [{ id: "vanilla", correct: 88, rho2: 0.04 }],
    [{ id: "vanilla", correct: 88, rho2: 0.04 }],
  );
  expect(largestChanges(modelChanges(same)).size).toBe(0);
});

test("changesTable() has points of accuracy, and rho2's difference and ratio", () => {
  const { rows, csv, tex } = changesTable(RUNS);
  expect(rows.slice(0, 3).map(({ group, title, style, cells }) => [group, title, style, ...cells])).toEqual([
    ["The vanilla", "A (baseline)", 0, "88.00%", "–", "0.0400", "–", ""],
    [
      ...["The vanilla", "B", 1, "87.00%", "-1.00", "0.1000", { text: "+0.0600", detail: "2.5 times" }],
      "most ρ₂ gained, most accuracy lost",
    ],
    [
      ...["The vanilla", "C", 2, "91.00%", "+3.00", "0.0300", { text: "-0.0100", detail: "0.75 times" }],
      "most ρ₂ lost, most accuracy gained",
    ],
  ]);
  expect(csv().split("\r\n")[1]).toBe("vanilla,A,0.88,,0.04,,baseline");
  expect(tex!()).toContain("$\\rho_2$");
  expect(tex!()).toContain("    The vanilla: A (baseline) & 88.00\\% & -- & 0.0400 & -- &  \\\\");
});

test("referencesTable() gives each run's eps_ref", () => {
  // 0.05, 0.1 and 0.15.
  expect(referencesTable(RUNS).rows.map(({ title, cells }) => [title, ...cells.slice(0, 2)])).toEqual([
    ["A (baseline)", "0.0500", "–"],
    ["B", "0.1000", { text: "+0.0500", detail: "2.0 times" }],
    ["C", "0.1500", { text: "+0.1000", detail: "3.0 times" }],
  ]);
});

test("aucTable() has a class a row, a run a column", () => {
  const { columns, rows, csv } = aucTable(RUNS, "vanilla", "transferred");
  expect(columns).toEqual(["Class", "A (baseline)", "B", "C"]);
  expect(rows).toEqual([
    {
      title: "0 Shirt",
      cells: ["0.7500", { text: "0.8750", detail: "+0.1250" }, { text: "0.5000", detail: "-0.2500" }],
    },
  ]);
  expect(csv()).toBe("class,class_name,A,B,C\r\n0,Shirt,0.75,0.875,0.5\r\n");
  // Only B has it: there is nothing to hold it against.
  expect(aucTable(RUNS, "new", "own").rows[0]!.cells).toEqual(["1.0000"]);
});

test("letters stand for runs where there is no room for names, but not in files", () => {
  const { rows, tex } = changesTable(RUNS, shortName);
  expect(rows.map(({ title }) => title)).toEqual(["A (baseline)", "B", "C", "A (baseline)", "B"]);
  const named = RUNS.map((run) => ({ ...run, label: `Run ${run.label}` }));
  expect(changesTable(named, shortName).rows[1]!.title).toBe("B");
  expect(changesTable(named, shortName).tex!()).toContain("The vanilla: Run B &");
  expect(referencesTable(named, lettersName).rows[1]!.title).toBe("B: Run B");
  expect(aucTable(named, "vanilla", "transferred", shortName).columns[2]).toBe("B");
  expect(tex!()).toContain("The vanilla: B &");
  expect([0, 25, 26, 53].map((style) => letterOf({ style }))).toEqual(["A", "Z", "A2", "B3"]);
});

test("changesTable() shows how far several seeds lie apart", () => {
  const [a, b] = RUNS;
  const models = b!.summary.models.map((model) => ({
    ...model,
    ...{ accuracy: { mean: 0.87, deviation: 0.002 }, rho2: { mean: 0.1, deviation: 0.01 } },
  }));
  const { rows } = changesTable([a!, { ...b!, summary: { ...b!.summary, models } }]);
  expect(rows[1]!.cells.slice(0, 4)).toEqual([
    ...[{ text: "87.00%", detail: "± 0.20%" }, "-1.00"],
    ...[
      { text: "0.1000", detail: "± 0.0100" },
      { text: "+0.0600", detail: "2.5 times" },
    ],
  ]);
});
