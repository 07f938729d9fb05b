import { requireSameLength } from "./require-same-length.ts";

/**
 * Counts images by true and predicted class.
 *
 * @param predicted Classes `[n]`, each in `[0, classCount)`.
 * @param labels True classes `[n]`, each in `[0, classCount)`.
 * @returns `matrix[true class][predicted class]`, `classCount` square; its trace is the accuracy's count.
 * @throws {RangeError} If the lengths differ or a class is out of range.
 */
export function confusionMatrix(
  predicted: ArrayLike<number>,
  labels: ArrayLike<number>,
  classCount: number,
): number[][] {
  requireSameLength("count confusions", { labels, predicted });
  const matrix = Array.from({ length: classCount }, () => new Array<number>(classCount).fill(0));
  for (let i = 0; i < labels.length; i++) {
    const row = matrix[requireClass(labels[i]!, classCount)]!;
    row[requireClass(predicted[i]!, classCount)]! += 1;
  }
  return matrix;
}

function requireClass(value: number, classCount: number): number {
  if (Number.isInteger(value) && value >= 0 && value < classCount) return value;
  throw new RangeError(
    `Cannot count confusions as a class must be an integer in [0, ${classCount}): current value is ${value}`,
  );
}
