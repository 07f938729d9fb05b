/**
 * The epsilons of an accuracy curve: `points` numbers from 0 to `upTo`, both included.
 *
 * @param upTo Finite, not negative.
 * @param points At least 2.
 * @throws {RangeError} If an argument is out of range.
 */
export function evenlySpaced(upTo: number, points: number): number[] {
  if (!(Number.isFinite(upTo) && upTo >= 0)) {
    throw new RangeError(
      `Cannot space epsilons as 'upTo' must be finite and not negative: current value is ${upTo}`,
    );
  }
  if (!(Number.isInteger(points) && points >= 2)) {
    throw new RangeError(
      `Cannot space epsilons as 'points' must be an integer of at least 2: current value is ${points}`,
    );
  }
  return Array.from({ length: points }, (_, i) => (i === points - 1 ? upTo : (upTo * i) / (points - 1)));
}
