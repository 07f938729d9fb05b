import { requireSameLength } from "./require-same-length.ts";

/** A receiver operating characteristic as exact counts: vertex i is (falsePositives[i], truePositives[i]). */
export interface RocCurve {
  readonly positives: number;
  readonly negatives: number;
  /** From 0 to `negatives`, sorted. */
  readonly falsePositives: number[];
  /** From 0 to `positives`, sorted. */
  readonly truePositives: number[];
  /** Images scoring at least thresholds[i] are called positive at vertex i; Infinity at (0, 0). Falling. */
  readonly thresholds: number[];
}

/**
 * The ROC curve of a score. A run of equal scores is one vertex, so a tie between the two sides is a slanted edge;
 * vertices on a straight line between their neighbours are dropped, which leaves the curve as it was.
 *
 * @param scores `[n]`, higher means more positive. Infinite scores are ordered like others.
 * @param isPositive `[n]`, the truth.
 * @throws {RangeError} If the lengths differ or a score is NaN.
 *
 * Source: Fawcett 2006, "An introduction to ROC analysis", algorithm 1.
 */
export function rocCurve(scores: ArrayLike<number>, isPositive: ArrayLike<boolean | number>): RocCurve {
  requireSameLength("draw a ROC curve", { scores, isPositive });
  const { positive, negative } = sortedSides(scores, isPositive);
  const curve: RocCurve = {
    positives: positive.length,
    negatives: negative.length,
    falsePositives: [0],
    truePositives: [0],
    thresholds: [Infinity],
  };
  let p = positive.length;
  let n = negative.length;
  while (p > 0 || n > 0) {
    const threshold = Math.max(positive[p - 1] ?? -Infinity, negative[n - 1] ?? -Infinity);
    while (p > 0 && positive[p - 1] === threshold) p--;
    while (n > 0 && negative[n - 1] === threshold) n--;
    addVertex(curve, negative.length - n, positive.length - p, threshold);
  }
  return curve;
}

/** The scores of each side, rising: two numeric sorts and a merge need no comparison function, which is the slow part. */
function sortedSides(scores: ArrayLike<number>, isPositive: ArrayLike<boolean | number>) {
  const positive = new Float64Array(scores.length);
  const negative = new Float64Array(scores.length);
  let p = 0;
  let n = 0;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    if (Number.isNaN(score)) {
      throw new RangeError("Cannot draw a ROC curve as each score must be a number: current value is NaN");
    }
    if (isPositive[i]) positive[p++] = score;
    else negative[n++] = score;
  }
  return { positive: positive.subarray(0, p).sort(), negative: negative.subarray(0, n).sort() };
}

/** Adds (x, y), in place of the last vertex where that lies on the straight line to it. Exact: all are integers. */
function addVertex(
  { falsePositives: xs, truePositives: ys, thresholds }: RocCurve,
  x: number,
  y: number,
  t: number,
): void {
  const last = xs.length - 1;
  if (last >= 1) {
    const [x0, y0, x1, y1] = [xs[last - 1]!, ys[last - 1]!, xs[last]!, ys[last]!];
    if ((x1 - x0) * (y - y1) === (x - x1) * (y1 - y0)) {
      xs.pop();
      ys.pop();
      thresholds.pop();
    }
  }
  xs.push(x);
  ys.push(y);
  thresholds.push(t);
}
