import { describe, expect, test } from "vitest";
import { rocOfClasses } from "./roc-of-classes.ts";
import { EXAMPLE_LABELS, EXAMPLE_SCORES } from "./testing/example-scores.ts";

describe("rocOfClasses()", () => {
  test("agrees with scikit-learn 1.9.1 (roc_auc_score, each class against the rest)", () => {
    const curves = rocOfClasses(Float64Array.from(EXAMPLE_SCORES.flat()), EXAMPLE_LABELS, 3);
    expect(curves.map((curve) => curve.class)).toEqual([0, 1, 2]);
    expect(curves.map(({ positives, negatives }) => [positives, negatives])).toEqual([
      [4, 8],
      [5, 7],
      [3, 9],
    ]);
    expect(curves[0]!.auc).toBeCloseTo(0.921875, 14);
    expect(curves[1]!.auc).toBeCloseTo(0.8571428571428572, 14);
    expect(curves[2]!.auc).toBe(1);
  });

  test("has no AUC for a class without images", () => {
    const [first, second] = rocOfClasses([0.9, 0.1, 0.8, 0.2], [0, 0], 2);
    expect(first).toMatchObject({ auc: null, positives: 2, negatives: 0 });
    expect(second).toMatchObject({ auc: null, positives: 0, negatives: 2 });
  });

  test("is plain data, without thresholds, so that it can be stored", () => {
    const curves = rocOfClasses(EXAMPLE_SCORES.flat(), EXAMPLE_LABELS, 3);
    expect(JSON.parse(JSON.stringify(curves))).toEqual(curves);
    expect(Object.keys(curves[0]!).sort()).toEqual([
      "auc",
      "class",
      "falsePositives",
      "negatives",
      "positives",
      "truePositives",
    ]);
  });

  test("refuses sizes that disagree, labels out of range and NaN", () => {
    expect(() => rocOfClasses([0.5, 0.5, 0.5], [0], 2)).toThrow(RangeError);
    expect(() => rocOfClasses([0.5, 0.5], [2], 2)).toThrow(RangeError);
    expect(() => rocOfClasses([NaN, 0.5], [0], 2)).toThrow(RangeError);
  });
});
