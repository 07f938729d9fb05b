import type { ModelResult, Result } from "@gambeson/contract";
import { exampleResult } from "@gambeson/report/testing/example-result";
import { expect, test } from "vitest";
import { fourDecimalsText, percentText } from "../numbers.ts";
import { robustnessRows } from "./robustness-rows.ts";

/** The example's Vanilla model alone, with numbers that are known, one a seed. */
function vanilla(counts: readonly number[], rho2s: readonly number[]): Result {
  const example = exampleResult(counts.length);
  const seeds = example.seeds.map((seed, s) => {
    const model = seed.models[1]!;
    const known: ModelResult = {
      ...model,
      accuracy: { count: counts[s]!, of: 2000 },
      robustness: { ...model.robustness, rho2: rho2s[s]! },
      accuracyAt: [
        { factor: 0.2, epsilon: 0.01, accuracy: { count: 1400, of: 2000 } },
        { factor: 0.5, epsilon: 0.025, accuracy: { count: 700, of: 2000 } },
        { factor: 1, epsilon: 0.05, accuracy: { count: 100, of: 2000 } },
      ],
    };
    return { ...seed, epsilonReference: 0.05, models: [known] };
  });
  return { ...example, seeds };
}

test("robustnessRows() has a row a model, and the published one beneath it", () => {
  const { columns, rows, note, csv, tex } = robustnessRows(vanilla([1751], [0.0392]));
  expect(columns).toEqual(["Model", "Accuracy", "ρ₂", "at 0.2 ε_ref", "at 0.5 ε_ref", "at 1 ε_ref"]);
  const shares = (values: number[]) => values.map((value) => percentText(value, 2));
  expect(rows).toEqual([
    {
      title: "Vanilla",
      style: 0,
      cells: [percentText(0.8755, 2), fourDecimalsText(0.0392), ...shares([0.7, 0.35, 0.05])],
    },
    {
      title: "published: Vanilla",
      kind: "published",
      // As the table of the reproduced report prints them.
      cells: [percentText(0.8738, 2), fourDecimalsText(0.0392), ...shares([0.7957, 0.6326, 0.3453])],
    },
  ]);
  expect(csv().split("\r\n")[2]).toMatch(/^published:vanilla,published: Vanilla,.*,0\.8738,,0\.0392,,/);
  expect(tex!()).toContain("published & $87.38$ & $0.0392$ &");
  expect(note).toContain("2,000 test images, not 10,000");
});

test("robustnessRows() has a deviation over several seeds", () => {
  // 87 and 88 %: deviation 1 / sqrt(2) points; rho2 0.03 and 0.05: 0.02 / sqrt(2)
  const { rows } = robustnessRows(vanilla([1740, 1760], [0.03, 0.05]));
  expect(rows[0]?.cells.slice(0, 2)).toEqual([
    { text: percentText(0.875, 2), detail: `± ${percentText(0.0071, 2)}` },
    { text: fourDecimalsText(0.04), detail: `± ${fourDecimalsText(0.0141)}` },
  ]);
});

test("robustnessRows() says nothing of published numbers, and has dashes for what was not measured", () => {
  const result = vanilla([1751], [0.0392]);
  const [seed] = result.seeds;
  const models = [{ ...seed!.models[0]!, accuracyAt: null }];
  const other = { ...result, dataset: { ...result.dataset, name: "mnist" }, seeds: [{ ...seed!, models }] };
  const { rows, note, csv, tex } = robustnessRows(other);
  expect(rows).toHaveLength(1);
  expect(rows[0]?.cells.slice(2)).toEqual(["–", "–", "–"]);
  expect(note).toBeNull();
  expect(csv().split("\r\n")[1]).toMatch(/^vanilla,Vanilla,mnist,1,2000,0.8755,,0.0392,,/);
  expect(tex!()).toContain("Vanilla & $87.55$ & $0.0392$ & -- & -- & -- \\\\");
});
