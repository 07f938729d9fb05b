import { parseExperimentConfig } from "@gambeson/contract";
import { expect, test } from "vitest";
import { compared } from "../testing/compared.ts";
import { configDifferences } from "./config-differences.ts";
import { differencesTable } from "./differences-table.ts";
import { FACT_NAMES, settingNames } from "./setting-names.ts";

const RUNS = compared(
  [{ id: "vanilla", correct: 88, rho2: 0.04 }],
  [{ id: "vanilla", correct: 87, rho2: 0.1 }],
);
const CONFIGS = [
  parseExperimentConfig({}),
  parseExperimentConfig({
    ...{ seeds: [1, 20000], dataset: { train: 6000 }, evaluation: { fgs: { clip: true } } },
    regimes: [{ kind: "vanilla", epochs: 7 }, { kind: "deep-defense" }],
  }),
];
const SETTINGS = {
  title: "Settings",
  names: settingNames(CONFIGS),
  isNarrow: false,
};

test("differencesTable() calls settings as the form does, and their values in words", () => {
  const { columns, rows, csv } = differencesTable(configDifferences(CONFIGS), RUNS, SETTINGS);
  expect(columns).toEqual(["Setting", "A (baseline)", "B"]);
  const told = new Map(rows.map(({ title, cells }) => [title, cells]));
  expect(told.get("Data set, Training images")).toEqual(["all", "6,000"]);
  expect(told.get("Seeds")).toEqual(["1", "1, 20000"]);
  expect(told.get("Evaluation, FGS, Keep pixels in [0, 1]")).toEqual(["off", "on"]);
  expect(told.get("Vanilla, Epochs")).toEqual(["5", "7"]);
  // The other run has no such regime.
  expect(told.get("Fine-tuned, Epochs")).toEqual(["5", "–"]);
  expect(csv()).toContain("\r\ndataset.train,null,6000\r\n");
});

test("differencesTable() puts a setting over its values where there is no room beside it", () => {
  const differences = configDifferences([{ dataset: { train: null } }, { dataset: { train: 6000 } }]);
  const { columns, rows, csv, tex } = differencesTable(differences, RUNS, { ...SETTINGS, isNarrow: true });
  expect(columns).toEqual(["Setting and run", "Value"]);
  expect(rows).toEqual([
    { group: "Data set, Training images", title: "A (baseline)", style: 0, cells: ["all"] },
    { group: "Data set, Training images", title: "B", style: 1, cells: ["6,000"] },
  ]);
  const wide = differencesTable(differences, RUNS, SETTINGS);
  expect([csv(), tex!()]).toEqual([wide.csv(), wide.tex!()]);
});

test("differencesTable() cuts what is long, keeps the whole of it, and names what nobody named by its path", () => {
  const checksum = "0123456789abcdef".repeat(4);
  const differences = [
    { path: "dataset.test.imagesSha256", values: [checksum, undefined] },
    { path: "a.b", values: ["x".repeat(50), false] },
  ];
  const options = { title: "Data", names: FACT_NAMES, isNarrow: false };
  const { rows, csv } = differencesTable(differences, RUNS, options);
  expect(rows).toEqual([
    { title: "Test images, SHA-256", cells: [{ text: "0123456789a…", whole: checksum }, "–"] },
    { title: "a › b", cells: [{ text: `${"x".repeat(39)}…`, whole: "x".repeat(50) }, "no"] },
  ]);
  expect(csv()).toContain(`dataset.test.imagesSha256,${checksum},\r\n`);
});
