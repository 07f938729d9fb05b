/**
 * The class with the highest score in each row; of equal scores the lowest class, as `tf.argMax` has it.
 *
 * @param scores Row-major `[rows, classCount]`: logits or probabilities.
 * @param classCount At least 1.
 * @returns int32 `[rows]`, each in `[0, classCount)`.
 * @throws {RangeError} If `scores` is no whole number of rows or holds a NaN.
 */
export function argMax(scores: ArrayLike<number>, classCount: number): Int32Array<ArrayBuffer> {
  const rows = scores.length / classCount;
  if (!Number.isInteger(classCount) || classCount < 1 || !Number.isInteger(rows)) {
    throw new RangeError(
      `Cannot find the highest scores as 'scores' must be whole rows of ${classCount}: current value is ${scores.length}`,
    );
  }
  return Int32Array.from({ length: rows }, (_, row) => argMaxOfRow(scores, row * classCount, classCount));
}

function argMaxOfRow(scores: ArrayLike<number>, start: number, classCount: number): number {
  let best = 0;
  for (let k = 0; k < classCount; k++) {
    const score = scores[start + k]!;
    if (Number.isNaN(score)) {
      throw new RangeError(`Cannot find the highest scores as each must be a number: current value is NaN`);
    }
    if (score > scores[start + best]!) best = k;
  }
  return best;
}
