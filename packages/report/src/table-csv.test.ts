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

  test("is followed, model by model, by what was published, where asked", () => {
    const result = exampleResult();
    const rows = parseCsv(tableCsv(result, { hasPublished: true }));
    const own = parseCsv(tableCsv(result));
    expect(rows.filter(({ model_id: id }) => !id!.startsWith("published:"))).toEqual(own);
    expect(rows.map(({ model_id: id }) => id)).toEqual([
      ...["pretrained", "vanilla", "published:vanilla", "fine-tuned", "published:fine-tuned"],
      ...["deep-defense", "published:deep-defense", "deep-defense-benign"],
    ]);
    // As the table of the reproduced report prints them.
    expect(rows[4]).toMatchObject({
      ...{ model: "published: Adversarial Training", dataset: "fashion-mnist", seeds: "", test_images: "" },
      ...{ accuracy_mean: "0.8813", accuracy_sd: "", rho2_mean: "0.0436", rho_median_mean: "" },
      ...{ epsilon_reference_mean: "0.028", "accuracy_at_0.2_epsilon_reference_mean": "0.815" },
    });
    const synthetic = { ...result, dataset: { ...result.dataset, synthetic: true } };
    expect(tableCsv(synthetic, { hasPublished: true })).toBe(tableCsv(synthetic));
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
  test("is followed by what was published of transferred images, where asked", () => {
    const result = exampleResult();
    const rows = parseCsv(aucCsv(result, ["transferred"], { hasPublished: true }));
    expect(rows).toHaveLength(5 * 10 + 3 * 10);
    // Class 2 of Vanilla in the reproduced report's table.
    expect(rows.find((row) => row.model_id === "published:vanilla" && row.class === "2")).toEqual({
      ...{ model_id: "published:vanilla", model: "published: Vanilla", dataset: "fashion-mnist" },
      ...{ images: "transferred", class: "2", class_name: "Pullover", auc_mean: "0.9606", auc_sd: "" },
    });
    expect(aucCsv(result, ["own"], { hasPublished: true })).toBe(aucCsv(result, ["own"]));
  });

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
