import type { RocOfClass } from "@gambeson/contract";

/** A point of a ROC curve as rates in [0, 1]: false positives, true positives. */
export type RocPoint = readonly [falsePositiveRate: number, truePositiveRate: number];

/** Where curves are averaged: false positive rates, dense near 0 where ROC curves bend. */
const AVERAGED_AT = Array.from({ length: 201 }, (_, i) => (i / 200) ** 2);

/**
 * The mean of ROC curves at equal false positive rates ("vertical averaging"); a single curve comes back as it is.
 * Curves without positives or without negatives are left out.
 *
 * Source: Fawcett 2006, "An introduction to ROC analysis", algorithm 4.
 */
export function meanRoc(curves: readonly RocOfClass[]): readonly RocPoint[] {
  const drawn = curves.filter(({ positives, negatives }) => positives > 0 && negatives > 0).map(rates);
  if (drawn.length <= 1) return drawn[0] ?? [];
  const heights = AVERAGED_AT.map(
    (x) => drawn.reduce((sum, points) => sum + heightAt(points, x), 0) / drawn.length,
  );
  return [[0, 0], ...heights.map((y, i): RocPoint => [AVERAGED_AT[i]!, y])];
}

function rates({ falsePositives, truePositives, positives, negatives }: RocOfClass): readonly RocPoint[] {
  return falsePositives.map((count, i) => [count / negatives, truePositives[i]! / positives]);
}

/** The height of a curve that has points at x; where it goes straight up, its upper end. */
export function heightAt(points: readonly RocPoint[], x: number): number {
  const after = points.findIndex(([px]) => px > x);
  if (after <= 0) return points.at(-1)![1];
  const [[x0, y0], [x1, y1]] = [points[after - 1]!, points[after]!];
  return y0 + ((x - x0) / (x1 - x0)) * (y1 - y0);
}
