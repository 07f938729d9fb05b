import { expect, test } from "vitest";
import { datasetCell } from "./dataset-cell.ts";
import { exampleResult } from "./testing/example-result.ts";

test.each([
  ["fashion-mnist", false, "fashion-mnist"],
  ["synthetic", true, "synthetic"],
  ["garments", true, "garments (synthetic)"],
])("datasetCell() of %s, drawn: %s, is %s", (name, synthetic, cell) => {
  const { dataset } = exampleResult();
  expect(datasetCell({ dataset: { ...dataset, name, synthetic } })).toBe(cell);
});
