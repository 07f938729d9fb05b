import type { ModelResult, Result } from "@gambeson/contract";
import { describe, expect, test } from "vitest";
import { aucTexTable, tableTex } from "./table-tex.ts";
import { exampleResult } from "./testing/example-result.ts";

/** The example whose second model has accuracies and rho2 that are known, one a seed. */
function withVanilla(counts: readonly number[], rho2s: readonly number[], label = "Vanilla"): Result {
  const result = exampleResult(counts.length);
  const seeds = result.seeds.map((seed, s) => ({
    ...seed,
    models: seed.models.map((model, m): ModelResult => {
      if (m !== 1) return model;
      return {
        ...model,
        label,
        accuracy: { count: counts[s]!, of: 2000 },
        robustness: { ...model.robustness, rho2: rho2s[s]! },
        accuracyAt: null,
      };
    }),
  }));
  return { ...result, seeds };
}

describe("tableTex()", () => {
  test("writes a row a model", () => {
    expect(tableTex(withVanilla([1751], [0.0392]))).toContain(
      "    Vanilla & $87.55$ & $0.0392$ & -- & -- & -- \\\\\n",
    );
  });

  test("writes published numbers beneath the model and the class they belong to", () => {
    const tex = tableTex(withVanilla([1751], [0.0392]));
    // As the tables of the reproduced report print them.
    expect(tex).toMatch(
      / {4}Vanilla &.*\n {4}\\quad published & \$87\.38\$ & \$0\.0392\$ & \$79\.57\$ & \$63\.26\$ & \$34\.53\$ \\\\\n/,
    );
    expect(tex).toMatch(
      / {4}2 Pullover &.*\n {4}\\quad published & -- & \$0\.9606\$ & \$0\.9822\$ & \$0\.9817\$ & -- \\\\\n/,
    );
  });

  test("writes mean and deviation of several seeds", () => {
    // 87 and 88 %: deviation 1 / sqrt(2) points; rho2 0.03 and 0.05: 0.02 / sqrt(2)
    expect(tableTex(withVanilla([1740, 1760], [0.03, 0.05]))).toContain(
      "    Vanilla & $87.50 \\pm 0.71$ & $0.0400 \\pm 0.0141$ & -- & -- & -- \\\\\n",
    );
  });

  test("escapes labels, balances braces and has as many cells in each row as columns", () => {
    const tex = tableTex(withVanilla([1751], [0.0392], "50% \\evil{ & more_"));
    expect(tex).toContain("50\\% \\textbackslash{}evil\\{ \\& more\\_ & ");
    const braces = tex.replace(/\\[{}]/g, "");
    expect(braces.split("{")).toHaveLength(braces.split("}").length);
    const rows = tex.split("\n").filter((line) => line.endsWith("\\\\"));
    // Three models and, on transferred images, ten classes have published numbers beneath them.
    expect(rows).toHaveLength(1 + (5 + 3) + 1 + 2 * 10);
    for (const row of rows) expect(row.split(" & ")).toHaveLength(6);
  });
});

test("aucTexTable() has a word of a name on each line of a head", () => {
  expect(aucTexTable(exampleResult(), "own").header[4]).toBe("\\shortstack[r]{Deep\\\\Defense}");
});

test("aucTexTable() takes the columns of one set of images and says which", () => {
  const result = exampleResult();
  const [first] = result.seeds;
  const models = first!.models.slice(0, 1).map((model) => {
    const roc = (auc: number) => model.roc.own.map((curve) => ({ ...curve, auc }));
    return { ...model, roc: { benign: roc(0.9), transferred: roc(0.8), own: roc(0.123) } };
  });
  const table = aucTexTable({ ...result, seeds: [{ ...first!, models }] }, "own");
  expect(table.body[1]).toEqual(["1 Trouser", "$0.1230$"]);
  expect(table.header).toEqual(["Class", "Pre-trained"]);
  expect(table.label).toBe("tab:auc-own");
  expect(table.caption).toContain("on each model's own DeepFool images.");
});
