import { exampleResult } from "@gambeson/report/testing/example-result";
import { expect, test } from "vitest";
import { configDifferences, haveSameTest, provenanceDifferences } from "./config-differences.ts";

test("configDifferences() gives the settings that differ, and no others", () => {
  expect(
    configDifferences([
      { seeds: [1], model: { hidden: [100], initialDeviation: 0.01 }, title: "A" },
      { seeds: [1], model: { hidden: [50, 20], initialDeviation: 0.01 }, title: "B" },
      { seeds: [1, 2], model: { hidden: [100], initialDeviation: 0.01 }, title: "A" },
    ]),
  ).toEqual([
    { path: "seeds", values: [[1], [1], [1, 2]] },
    { path: "model.hidden", values: [[100], [50, 20], [100]] },
    { path: "title", values: ["A", "B", "A"] },
  ]);
});

test("configDifferences() matches regimes by their ids, wherever they stand", () => {
  const vanilla = { id: "vanilla", epochs: 5 };
  const defended = { id: "deep-defense", epochs: 5, lambda: 15 };
  expect(
    configDifferences([{ regimes: [vanilla, defended] }, { regimes: [{ ...defended, lambda: 2 }] }]),
  ).toEqual([
    { path: "regimes.vanilla.id", values: ["vanilla", undefined] },
    { path: "regimes.vanilla.epochs", values: [5, undefined] },
    { path: "regimes.deep-defense.lambda", values: [15, 2] },
  ]);
});

test("configDifferences() tells none from nothing given", () => {
  expect(configDifferences([{ train: null }, { train: 6000 }])).toEqual([
    { path: "train", values: [null, 6000] },
  ]);
  expect(configDifferences([{ a: { b: [] } }, { a: { b: [] } }])).toEqual([]);
});

test("provenanceDifferences() names other code and other images", () => {
  const one = exampleResult();
  const other = {
    ...one,
    environment: { ...one.environment, code: "feed" },
    dataset: { ...one.dataset, test: { ...one.dataset.test, imagesSha256: "a".repeat(64) } },
  };
  expect(provenanceDifferences([one, one])).toEqual([]);
  expect(haveSameTest([one, one])).toBe(true);
  expect(provenanceDifferences([one, other])).toEqual([
    { path: "environment.code", values: [one.environment.code, "feed"] },
    { path: "dataset.test.imagesSha256", values: [one.dataset.test.imagesSha256, "a".repeat(64)] },
  ]);
  expect(haveSameTest([one, other])).toBe(false);
});
