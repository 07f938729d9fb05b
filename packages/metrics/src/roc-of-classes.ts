import { auc } from "./auc.ts";
import { rocCurve } from "./roc-curve.ts";

/** ROC of one class against the rest; vertices from (0, 0) to (negatives, positives), as counts. */
export interface RocOfClass {
  readonly class: number;
  /** Null when the class or its complement has no image. */
  readonly auc: number | null;
  readonly positives: number;
  readonly negatives: number;
  readonly falsePositives: number[];
  readonly truePositives: number[];
}

/**
 * The ROC curves of all classes, each against the rest.
 *
 * @param scores Row-major `[n, classCount]`: each class's softmax probability.
 * @param labels True classes `[n]`, each in `[0, classCount)`.
 * @returns One curve a class, in order.
 * @throws {RangeError} If the sizes disagree, a label is out of range or a score is NaN.
 */
export function rocOfClasses(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  classCount: number,
): RocOfClass[] {
  const n = labels.length;
  if (scores.length !== n * classCount) {
    throw new RangeError(
      `Cannot draw ROC curves as 'scores' must have ${n} rows of ${classCount}: current value is ${scores.length} numbers`,
    );
  }
  for (let i = 0; i < n; i++) {
    const label = labels[i]!;
    if (Number.isInteger(label) && label >= 0 && label < classCount) continue;
    throw new RangeError(
      `Cannot draw ROC curves as a label must be an integer in [0, ${classCount}): current value is ${label}`,
    );
  }
  return Array.from({ length: classCount }, (_, k) => {
    const column = Float64Array.from({ length: n }, (_, i) => scores[i * classCount + k]!);
    const isPositive = Uint8Array.from({ length: n }, (_, i) => (labels[i] === k ? 1 : 0));
    const { positives, negatives, falsePositives, truePositives } = rocCurve(column, isPositive);
    const counts = { positives, negatives, falsePositives, truePositives };
    return { class: k, auc: auc(counts), ...counts };
  });
}
