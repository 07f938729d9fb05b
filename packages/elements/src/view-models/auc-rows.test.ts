import type { ModelResult, Result } from "@gambeson/contract";
import { exampleResult } from "@gambeson/report/testing/example-result";
import { expect, test } from "vitest";
import { fourDecimalsText } from "../numbers.ts";
import { aucRows } from "./auc-rows.ts";

/** The example with two models whose AUC is the same number in each class of an image set; class 1 has none. */
function known(): Result {
  const example = exampleResult();
  const [seed] = example.seeds;
  const withAuc = (position: number, benign: number, transferred: number): ModelResult => {
    const model = seed!.models[position]!;
    const roc = (auc: number) => model.roc.own.map((curve, k) => ({ ...curve, auc: k === 1 ? null : auc }));
    return { ...model, roc: { benign: roc(benign), transferred: roc(transferred), own: roc(0.5) } };
  };
  return { ...example, seeds: [{ ...seed!, models: [withAuc(0, 0.99, 0.6), withAuc(1, 0.98, 0.7)] }] };
}

test("aucRows() has a row a class and a column a model", () => {
  const { columns, rows } = aucRows(known(), "benign");
  expect(columns).toEqual(["Class", "Pre-trained", "Vanilla"]);
  expect(rows).toHaveLength(10);
  expect(rows[0]).toEqual({
    title: "0 T-shirt/top",
    cells: [fourDecimalsText(0.99), fourDecimalsText(0.98)],
  });
  expect(rows[1]?.cells).toEqual(["–", "–"]);
});

test("aucRows() has published numbers beneath transferred images alone", () => {
  const { rows, csv, tex } = aucRows(known(), "transferred");
  expect(rows).toHaveLength(20);
  expect(rows[2 * 2]?.cells).toEqual([fourDecimalsText(0.6), fourDecimalsText(0.7)]);
  // Class 2 of Vanilla in the reproduced report's table.
  expect(rows[2 * 2 + 1]).toEqual({
    title: "published",
    kind: "published",
    cells: ["–", fourDecimalsText(0.9606)],
  });
  expect(csv()).toContain(
    "published:vanilla,published: Vanilla,fashion-mnist,transferred,2,Pullover,0.9606,\r\n",
  );
  expect(tex!()).toContain("published & -- & $0.9606$");
});

test("aucRows() saves the images that are shown alone", () => {
  const { csv, tex } = aucRows(known(), "own");
  const lines = csv().trimEnd().split("\r\n");
  expect(lines).toHaveLength(1 + 2 * 10);
  expect(lines[1]).toBe("pretrained,Pre-trained,fashion-mnist,own,0,T-shirt/top,0.5,");
  expect(tex!()).toContain("    0 T-shirt/top & $0.5000$ & $0.5000$ \\\\");
});
