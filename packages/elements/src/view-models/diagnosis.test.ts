import type { Result } from "@gambeson/contract";
import { exampleResult } from "@gambeson/report/testing/example-result";
import { expect, test } from "vitest";
import { numberText, percentText } from "../numbers.ts";
import { diagnosisOf, diagnosticsRows } from "./diagnosis.ts";

/** Two models of the same name: the second has hidden gradients. */
function known(): Result {
  const example = exampleResult();
  const [seed] = example.seeds;
  const none = { count: 0, of: 2000 };
  const clean = { unfooled: none, wrongBefore: { count: 250, of: 2000 }, blank: none };
  const models = [
    {
      ...seed!.models[0]!,
      label: "Same",
      diagnostics: { ...clean, zeroGradient: none, curveRises: { count: 0, largest: 0 } },
    },
    {
      ...seed!.models[1]!,
      label: "Same",
      diagnostics: {
        ...clean,
        zeroGradient: { count: 1500, of: 2000 },
        curveRises: { count: 2, largest: 0.03 },
      },
    },
  ];
  return { ...example, seeds: [{ ...seed!, models }] };
}

test("diagnosisOf() gives each model its own sentences, though names are the same", () => {
  const [clean, masked] = diagnosisOf(known());
  expect(clean).toEqual({ id: "pretrained", label: "Same", style: 0, sentences: [] });
  expect(masked?.sentences).toHaveLength(2);
  expect(masked?.sentences[0]).toContain("FGS cannot move 1,500 of 2,000 (75.00 %) images");
  expect(masked?.sentences[1]).toContain("Accuracy rises again by up to 3.00 points");
});

test("diagnosticsRows() has the counts with their shares", () => {
  const { rows, csv, tex } = diagnosticsRows(known());
  expect(rows[1]).toEqual({
    title: "Same",
    style: 1,
    cells: [
      { text: "250", detail: `(${percentText(0.125, 2)})` },
      { text: "0" },
      { text: numberText(1500), detail: `(${percentText(0.75, 2)})` },
      { text: "0" },
      "2 times, by 3.00 points",
    ],
  });
  expect(csv().split("\r\n")[2]).toBe('vanilla,Same,250,0,1500,0,2000,"2 times, by 3.00 points"');
  expect(tex!()).toContain("    Same & 250 & 0 & 1500 & 0 & 2 times, by 3.00 points \\\\");
  expect(tex!()).toContain("Rises: accuracy rises with $\\epsilon$.");
  expect(tex!()).not.toContain("ε");
});
