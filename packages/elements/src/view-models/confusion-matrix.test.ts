import type { Result } from "@gambeson/contract";
import { exampleResult } from "@gambeson/report/testing/example-result";
import { expect, test } from "vitest";
import { percentText } from "../numbers.ts";
import { confusionMatrix, confusionTable } from "./confusion-matrix.ts";

/** Two classes, two models, two seeds. */
function known(): Result {
  const example = exampleResult(2);
  const seeds = example.seeds.map((seed, s) => ({
    ...seed,
    models: [
      { ...seed.models[0]!, confusion: [[1, 0], [0, 1]] }, // prettier-ignore
      { ...seed.models[1]!, confusion: s === 0 ? [[8, 1], [0, 0]] : [[7, 0], [0, 0]] }, // prettier-ignore
    ],
  }));
  return { ...example, dataset: { ...example.dataset, classNames: ["cat", "=dog"] }, seeds };
}

test("confusionMatrix() sums over the seeds, and has shares of each true class", () => {
  expect(confusionMatrix(known(), "vanilla")).toEqual({
    model: "vanilla",
    label: "Vanilla",
    classNames: ["cat", "=dog"],
    counts: [[15, 1], [0, 0]], // prettier-ignore
    shares: [[0.9375, 0.0625], [0, 0]], // prettier-ignore
  });
});

test("confusionMatrix() is the first model's where there is no such model", () => {
  expect(confusionMatrix(known(), "gone").model).toBe("pretrained");
  expect(confusionMatrix(known(), null).model).toBe("pretrained");
});

test("confusionTable() colours right answers and errors, and leaves empty cells as they are", () => {
  const result = known();
  const { columns, rows, csv, tex } = confusionTable(result, confusionMatrix(result, "vanilla"));
  expect(columns.slice(1)).toEqual(["0 cat", "1 =dog"]);
  expect(rows[0]?.cells).toEqual([
    { text: "15", detail: percentText(0.9375), heat: ["accent", Math.sqrt(0.9375)] },
    { text: "1", detail: percentText(0.0625), heat: ["wrong", 0.25] },
  ]);
  expect(rows[1]?.cells).toEqual([{ text: "0" }, { text: "0" }]);
  expect(csv().split("\r\n").slice(1, 4)).toEqual([
    "vanilla,0,cat,0,cat,15,0.9375",
    "vanilla,0,cat,1,'=dog,1,0.0625",
    "vanilla,1,'=dog,0,cat,0,0",
  ]);
  expect(tex!()).toContain("    0 cat & 15 & 1 \\\\");
});

test("confusionTable() says in LaTeX that images are synthetic", () => {
  const result = known();
  const synthetic = { ...result, dataset: { ...result.dataset, synthetic: true } };
  expect(confusionTable(synthetic, confusionMatrix(synthetic, null)).tex!()).toContain(
    "not the real data set",
  );
});
