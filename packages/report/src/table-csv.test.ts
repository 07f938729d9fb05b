import { describe, expect, test } from "vitest";
import { aucCsv } from "./auc-csv.ts";
import { tableCsv } from "./table-csv.ts";
import { exampleResult } from "./testing/example-result.ts";
import { parseCsv } from "./testing/parse-csv.ts";

describe("tableCsv()", () => {
  test("gives the result's numbers back in full precision, models in order", () => {
    const result = exampleResult();
    const rows = parseCsv(tableCsv(result));
    const [seed] = result.seeds;
    expect(rows.map((row) => row.model_id)).toEqual(seed!.models.map(({ id }) => id));
    rows.forEach((row, i) => {
      const model = seed!.models[i]!;
      expect(row.model).toBe(model.label);
      expect(Number(row.accuracy_mean)).toBe(model.accuracy.count / model.accuracy.of);
      expect(Number(row.rho2_mean)).toBe(model.robustness.rho2);
      expect(Number(row.epsilon_reference_mean)).toBe(seed!.epsilonReference);
      expect(Number(row["accuracy_at_0.5_epsilon_reference_mean"])).toBe(
        model.accuracyAt![1]!.accuracy.count / 2000,
      );
      expect(row.accuracy_sd).toBe("");
    });
  });

  test("names the data set in every row", () => {
    expect(parseCsv(tableCsv(exampleResult())).map((row) => row.dataset)).toEqual(
      Array.from({ length: 5 }, () => "fashion-mnist"),
    );
  });

  test("has standard deviations over two seeds", () => {
    const result = exampleResult(2);
    const [a, b] = result.seeds.map(({ models }) => models[1]!.accuracy.count / 2000) as [number, number];
    const vanilla = parseCsv(tableCsv(result))[1]!;
    expect(Number(vanilla.accuracy_mean)).toBeCloseTo((a + b) / 2, 14);
    expect(Number(vanilla.accuracy_sd)).toBeCloseTo(Math.abs(a - b) / Math.SQRT2, 14);
    expect(vanilla.seeds).toBe("2");
  });
});

describe("aucCsv()", () => {
  test("has every model, image set and class once", () => {
    const result = exampleResult();
    const rows = parseCsv(aucCsv(result));
    expect(rows).toHaveLength(5 * 3 * 10);
    const row = rows.find((r) => r.model_id === "fine-tuned" && r.images === "own" && r.class === "6");
    expect(row?.class_name).toBe("Shirt");
    expect(row?.dataset).toBe("fashion-mnist");
    expect(Number(row?.auc_mean)).toBe(result.seeds[0]!.models[2]!.roc.own[6]!.auc);
  });
});
