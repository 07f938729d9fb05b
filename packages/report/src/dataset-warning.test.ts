import { expect, test } from "vitest";
import { datasetWarning } from "./dataset-warning.ts";
import { exampleResult } from "./testing/example-result.ts";

const { dataset } = exampleResult();

test("datasetWarning() has nothing to say of the images that were wanted", () => {
  expect(datasetWarning({ dataset })).toBeNull();
});

test("datasetWarning() says that images were drawn, and why where that is known", () => {
  expect(datasetWarning({ dataset: { ...dataset, synthetic: true } })).toEqual({
    title: "Synthetic images",
    text: "The images were drawn by code: these numbers say nothing about a real data set.",
  });
  const warning = "Fashion-MNIST was not there.";
  expect(datasetWarning({ dataset: { ...dataset, synthetic: true, warning } })).toEqual({
    title: "Synthetic images",
    text: warning,
  });
  expect(datasetWarning({ dataset: { ...dataset, warning } })).toEqual({ title: "Warning", text: warning });
});
