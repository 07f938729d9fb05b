import type { Result, RocOfClass } from "@gambeson/contract";
import { exampleResult } from "@gambeson/report/testing/example-result";
import { describe, expect, test } from "vitest";
import { firstRocClass, rocChart, rocCsv, rocCurves } from "./roc-curves.ts";

/** Straight up to 0.5, a step to the right, a tie (up and right at once), and up and right again. */
const STEPS: RocOfClass = {
  class: 2,
  auc: 0.875,
  positives: 4,
  negatives: 10,
  falsePositives: [0, 0, 1, 3, 10],
  truePositives: [0, 2, 2, 4, 4],
};
const POINTS = [
  [0, 0],
  [0, 0.5],
  [0.1, 0.5],
  [0.3, 1],
  [1, 1],
];
/** Chance: nothing but a tie. */
const CHANCE: RocOfClass = { ...STEPS, auc: 0.5, falsePositives: [0, 10], truePositives: [0, 4] };
const NONE: RocOfClass = { ...STEPS, auc: null, positives: 0 };

/** A result of one model, with one curve for each seed. */
function resultOf(...curves: readonly RocOfClass[]): Result {
  const example = exampleResult();
  const [seed] = example.seeds;
  const model = seed!.models[0]!;
  const seeds = curves.map((curve, i) => {
    const roc = Object.assign([...model.roc.own], { 2: curve });
    return { ...seed!, seed: i + 7, models: [{ ...model, roc: { ...model.roc, own: roc } }] };
  });
  return { ...example, seeds };
}

describe("rocCurves()", () => {
  test("keeps vertical steps and slanted ties", () => {
    const { lines, className } = rocCurves(resultOf(STEPS), 2, "own");
    expect(className).toBe("Pullover");
    expect(lines).toHaveLength(1);
    expect(lines[0]!.points).toEqual(POINTS);
    expect(lines[0]!.auc).toEqual({ mean: 0.875, deviation: null });
  });

  test("averages seeds at equal false positive rates", () => {
    const [line] = rocCurves(resultOf(STEPS, CHANCE), 2, "own").lines;
    // At a false positive rate of 1/4: 0.875 and 0.25.
    const [, height] = line!.points.find(([x]) => x === 0.25)!;
    expect(height).toBeCloseTo(0.5625, 12);
    expect(line!.points.slice(0, 2)).toEqual([
      [0, 0],
      [0, 0.25],
    ]);
    expect(line!.auc!.mean).toBe(0.6875);
  });

  test("has no points where the class has no images", () => {
    const [line] = rocCurves(resultOf(NONE), 2, "own").lines;
    expect(line).toMatchObject({ points: [], auc: null });
  });
});

describe("rocChart()", () => {
  test("is square, from 0 to 1, with AUCs in its key", () => {
    const chart = rocChart(rocCurves(resultOf(STEPS), 2, "own"), false);
    expect([chart.x.domain, chart.y.domain]).toEqual([
      [0, 1],
      [0, 1],
    ]);
    expect(chart.title).toBe("ROC of class 2, Pullover, against the rest. DeepFool images, own");
    expect(chart.series.map(({ label, value }) => [label, value])).toEqual([["Pre-trained", "AUC 0.8750"]]);
  });

  test("has what lies in the corner, with points where curves cross its edges", () => {
    const steep = { ...STEPS, falsePositives: [0, 1, 5, 10], truePositives: [0, 4, 4, 4] };
    const [line] = rocChart(rocCurves(resultOf(steep), 2, "own"), true).series;
    // Up the edge from (0, 0) to (0.1, 1), whose last fifth is in the corner, then right as far as 0.2.
    expect(line!.points).toHaveLength(3);
    for (const [i, point] of [
      [0.08, 0.8],
      [0.1, 1],
      [0.2, 1],
    ].entries()) {
      expect(line!.points[i]![0]).toBeCloseTo(point[0]!, 12);
      expect(line!.points[i]![1]).toBeCloseTo(point[1]!, 12);
    }
  });

  test("has an empty line where a curve passes the corner by", () => {
    // STEPS reaches 0.75 at 0.2; CHANCE 0.2.
    expect(rocChart(rocCurves(resultOf(STEPS), 2, "own"), true).series[0]!.points).toEqual([]);
    expect(rocChart(rocCurves(resultOf(CHANCE), 2, "own"), true).series[0]!.points).toEqual([]);
  });
});

test("rocCsv() has a point a row, of each seed and of their mean", () => {
  expect(rocCsv([rocCurves(resultOf(CHANCE), 2, "own")])).toBe(
    "class,class_name,images,model_id,model,seed,false_positive_rate,true_positive_rate\r\n" +
      "2,Pullover,own,pretrained,Pre-trained,7,0,0\r\n" +
      "2,Pullover,own,pretrained,Pre-trained,7,1,1\r\n",
  );
  const several = rocCsv([rocCurves(resultOf(CHANCE, STEPS), 2, "own")]).split("\r\n");
  expect(several.filter((row) => row.includes(",7,"))).toHaveLength(2);
  expect(several.filter((row) => row.includes(",8,"))).toHaveLength(5);
  expect(several).toContain("2,Pullover,own,pretrained,Pre-trained,8,0.3,1");
  expect(several.at(-2)).toBe("2,Pullover,own,pretrained,Pre-trained,mean,1,1");
});

test("firstRocClass() is the first of the config's that the data set has", () => {
  const result = exampleResult();
  expect(firstRocClass(result)).toBe(2);
  const { config } = result;
  const withClasses = (rocClasses: number[]): Result => ({
    ...result,
    config: { ...config, evaluation: { ...config.evaluation, rocClasses } },
  });
  expect(firstRocClass(withClasses([200, 5]))).toBe(5);
  expect(firstRocClass(withClasses([]))).toBe(0);
});
