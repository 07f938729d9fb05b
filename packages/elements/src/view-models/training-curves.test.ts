import type { EpochMetrics, Result } from "@gambeson/contract";
import { exampleResult } from "@gambeson/report/testing/example-result";
import { describe, expect, test } from "vitest";
import { keyEntries } from "../charts/chart-key.ts";
import {
  trainingAccuracyChart,
  trainingAccuracyCsv,
  trainingLines,
  trainingLossChart,
  trainingLossCsv,
  type TrainingLine,
} from "./training-curves.ts";

/** An epoch of 10 training and 4 test images. */
function epochOf(epoch: number, right: readonly [train: number, test: number], loss = 1): EpochMetrics {
  const [train, testCount] = right;
  return {
    ...{ epoch, loss, regulariser: null, capped: null, unfooled: null },
    trainAccuracy: { count: train, of: 10 },
    testAccuracy: { count: testCount, of: 4 },
  };
}
const PLAIN: TrainingLine = {
  ...{ id: "plain", label: "Plain", style: 1 },
  epochs: [epochOf(1, [5, 2], 1.5), epochOf(2, [9, 3], 0.5)],
};
const DEFENDED: TrainingLine = {
  ...{ id: "hard", label: "Hard", style: 3 },
  epochs: [{ ...epochOf(1, [6, 2], 4), regulariser: 2.5, capped: 1, unfooled: 0 }],
};

/** A result whose two models were trained so in each of these seeds. */
function resultOf(seeds: readonly number[]): Result {
  const example = exampleResult();
  const [a, b, c] = example.seeds[0]!.models;
  const models = [
    { ...a!, training: [...PLAIN.epochs] },
    { ...b!, training: [] },
    { ...c!, training: [...DEFENDED.epochs] },
  ];
  return { ...example, seeds: seeds.map((seed) => ({ ...example.seeds[0]!, seed, models })) };
}

describe("trainingLines()", () => {
  test("has a line for each model that was trained, in the model's style", () => {
    expect(trainingLines(resultOf([1])).map(({ id, label, style }) => [id, label, style])).toEqual([
      ["pretrained", "Pre-trained", 0],
      ["fine-tuned", "Fine-tuned", 2],
    ]);
  });

  test("has a line a seed, which stand under one name in the key", () => {
    const lines = trainingLines(resultOf([4, 9]));
    expect(lines.map(({ id, label }) => [id, label])).toEqual([
      ["pretrained/4", "Pre-trained, seed 4"],
      ["pretrained/9", "Pre-trained, seed 9"],
      ["fine-tuned/4", "Fine-tuned, seed 4"],
      ["fine-tuned/9", "Fine-tuned, seed 9"],
    ]);
    const { series } = trainingAccuracyChart(lines);
    expect(series).toHaveLength(8);
    expect(keyEntries(series).map(({ label }) => label)).toEqual(["Pre-trained", "Fine-tuned"]);
  });
});

describe("trainingAccuracyChart()", () => {
  test("draws test images solid and the images trained on dashed, over the epochs", () => {
    const { series, x, y } = trainingAccuracyChart([PLAIN]);
    expect(series.map(({ label, dash, points }) => [label, dash, points])).toEqual([
      [
        "Plain, test images",
        "none",
        [
          [1, 0.5],
          [2, 0.75],
        ],
      ],
      [
        "Plain, images trained on",
        "5 4",
        [
          [1, 0.5],
          [2, 0.9],
        ],
      ],
    ]);
    expect(x.domain).toEqual([1, 2]);
    expect(y.domain).toEqual([0.5, 0.9]);
    expect([1, 1.5, 2].map((value) => x.tick!(value))).toEqual(["1", "", "2"]);
  });

  test("goes from the first to the last epoch of any", () => {
    expect(trainingAccuracyChart([DEFENDED, PLAIN]).x.domain).toEqual([1, 2]);
    const long = { ...PLAIN, epochs: [epochOf(1, [5, 2]), epochOf(7, [5, 2])] };
    expect(trainingAccuracyChart([PLAIN, long]).x.domain).toEqual([1, 7]);
  });

  test("is fine with one epoch, and with none", () => {
    const one = trainingAccuracyChart([{ ...PLAIN, epochs: [epochOf(1, [10, 4])] }]);
    expect(one.x.domain).toEqual([1, 2]);
    expect(one.y.domain[0]).toBeLessThanOrEqual(1);
    expect(one.y.domain[0]).toBeLessThan(one.y.domain[1]);
    expect(one.series.map(({ points }) => points)).toEqual([[[1, 1]], [[1, 1]]]);
    const none = trainingAccuracyChart([{ ...PLAIN, epochs: [] }]);
    expect(none.series).toEqual([]);
    expect([none.x.domain, none.y.domain]).toEqual([
      [1, 2],
      [0, 1],
    ]);
  });
});

test("trainingLossChart() begins at 0, and draws the regulariser's share where there is one", () => {
  const { series, y, note } = trainingLossChart([PLAIN, DEFENDED]);
  expect(series.map(({ label, points }) => [label, points.map(([, value]) => value)])).toEqual([
    ["Plain, whole", [1.5, 0.5]],
    ["Hard, whole", [4]],
    ["Hard, its regulariser", [2.5]],
  ]);
  expect(y.domain).toEqual([0, 4]);
  expect(note).toMatch(/^Solid: the whole loss\./);
  expect(trainingLossChart([PLAIN]).note).toBeUndefined();
});

test("trainingLossChart() gives its height to what is shown, and keeps all in its key", () => {
  const { series, y } = trainingLossChart([PLAIN, DEFENDED], [DEFENDED.id]);
  // Up to 1.5 and a little further to a round number, not up to the hidden 4.
  expect(y.domain[1]).toBeGreaterThanOrEqual(1.5);
  expect(y.domain[1]).toBeLessThanOrEqual(2);
  expect(series).toHaveLength(3);
});

test("the charts say that several lines of a model are its seeds'", () => {
  const notes = (lines: readonly TrainingLine[]) => [
    trainingAccuracyChart(lines).note,
    trainingLossChart(lines).note,
  ];
  expect(notes(trainingLines(resultOf([4])))[0]).not.toContain("seed");
  for (const note of notes(trainingLines(resultOf([4, 9])))) expect(note).toMatch(/ A line a seed\.$/);
});

test("each chart's numbers are a file of their own, an epoch a row", () => {
  expect(trainingAccuracyCsv([PLAIN, DEFENDED])).toBe(
    "id,model,epoch,train_accuracy,test_accuracy\r\n" +
      "plain,Plain,1,0.5,0.5\r\n" +
      "plain,Plain,2,0.9,0.75\r\n" +
      "hard,Hard,1,0.6,0.5\r\n",
  );
  expect(trainingLossCsv([PLAIN, DEFENDED])).toBe(
    "id,model,epoch,loss,regulariser,capped,unfooled\r\n" +
      "plain,Plain,1,1.5,,,\r\n" +
      "plain,Plain,2,0.5,,,\r\n" +
      "hard,Hard,1,4,2.5,1,0\r\n",
  );
});
