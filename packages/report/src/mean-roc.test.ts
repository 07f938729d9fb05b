import { expect, test } from "vitest";
import { heightAt, meanRoc } from "./mean-roc.ts";

const PERFECT = {
  class: 0,
  auc: 1,
  positives: 2,
  negatives: 4,
  falsePositives: [0, 0, 4],
  truePositives: [0, 2, 2],
};
const CHANCE = {
  class: 0,
  auc: 0.5,
  positives: 2,
  negatives: 4,
  falsePositives: [0, 4],
  truePositives: [0, 2],
};
const EMPTY = {
  class: 0,
  auc: null,
  positives: 0,
  negatives: 4,
  falsePositives: [0, 4],
  truePositives: [0, 0],
};

test("meanRoc() of one curve is that curve as rates", () => {
  expect(meanRoc([PERFECT, EMPTY])).toEqual([
    [0, 0],
    [0, 1],
    [1, 1],
  ]);
  expect(meanRoc([EMPTY])).toEqual([]);
});

test("meanRoc() averages heights: a perfect curve and the diagonal give (1 + x) / 2", () => {
  const points = meanRoc([PERFECT, CHANCE]);
  expect(points[0]).toEqual([0, 0]);
  expect(points.at(-1)).toEqual([1, 1]);
  for (const [x, y] of points.slice(1)) expect(y).toBeCloseTo((1 + x) / 2, 12);
});

test("heightAt() takes the upper end where the curve goes straight up", () => {
  const stairs = [
    [0, 0],
    [0.5, 0],
    [0.5, 1],
    [1, 1],
  ] as const;
  expect(heightAt(stairs, 0.25)).toBe(0);
  expect(heightAt(stairs, 0.5)).toBe(1);
  expect(heightAt(stairs, 1)).toBe(1);
});
