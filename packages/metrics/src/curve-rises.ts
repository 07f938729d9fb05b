/** Where an accuracy curve rises although the attack grows: a sign of masked gradients. */
export interface CurveRises {
  /** Neighbouring points of which the second, at the greater epsilon, has more correct answers. */
  readonly count: number;
  /** The greatest climb of accuracy above any earlier point, as a share. */
  readonly largest: number;
}

/**
 * @param correctCounts Correct answers at each epsilon, sorted by epsilon.
 * @param of Images each count is out of, at least 1.
 * @throws {RangeError} If a count is outside [0, of].
 */
export function curveRises(correctCounts: ArrayLike<number>, of: number): CurveRises {
  let count = 0;
  let largest = 0;
  let lowest = of;
  for (let i = 0; i < correctCounts.length; i++) {
    const correct = correctCounts[i]!;
    if (!(Number.isInteger(correct) && correct >= 0 && correct <= of)) {
      throw new RangeError(
        `Cannot judge the curve as a count must be in [0, ${of}]: current value is ${correct}`,
      );
    }
    if (i > 0 && correct > correctCounts[i - 1]!) count++;
    largest = Math.max(largest, correct - lowest);
    lowest = Math.min(lowest, correct);
  }
  return { count, largest: largest === 0 ? 0 : largest / of };
}
