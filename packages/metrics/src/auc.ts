import type { RocCurve } from "./roc-curve.ts";

/**
 * Area under a ROC curve by trapezoids: the chance that a positive scores higher than a negative, ties counting half
 * (the Mann-Whitney statistic). Exact up to the final division, as all counts are integers.
 *
 * @returns In [0, 1]; null when there is no positive or no negative.
 */
export function auc(curve: Omit<RocCurve, "thresholds">): number | null {
  const { positives, negatives, falsePositives: xs, truePositives: ys } = curve;
  if (positives === 0 || negatives === 0) return null;
  let twiceArea = 0;
  for (let i = 1; i < xs.length; i++) twiceArea += (xs[i]! - xs[i - 1]!) * (ys[i]! + ys[i - 1]!);
  return twiceArea / (2 * positives * negatives);
}
