import { requireSameLength } from "./require-same-length.ts";
import type { Tally } from "./tally.ts";

/**
 * How many images are classified correctly, as an exact count (no mean of batch means).
 *
 * @param predicted Classes `[n]`.
 * @param labels True classes `[n]`.
 * @throws {RangeError} If the lengths differ.
 */
export function accuracy(predicted: ArrayLike<number>, labels: ArrayLike<number>): Tally {
  requireSameLength("count correct answers", { labels, predicted });
  let count = 0;
  for (let i = 0; i < labels.length; i++) if (predicted[i] === labels[i]) count++;
  return { count, of: labels.length };
}
