/** Counts in bins of equal width over [0, upTo]; the last bin also holds all beyond. */
export interface Histogram {
  readonly upTo: number;
  readonly counts: number[];
}

/**
 * @param values Each at least 0.
 * @throws {RangeError} If `upTo` is not positive and finite, or `bins` no count.
 */
export function histogram(values: ArrayLike<number>, upTo: number, bins: number): Histogram {
  if (!(Number.isFinite(upTo) && upTo > 0)) {
    throw new RangeError(
      `Cannot draw a histogram as 'upTo' must be positive and finite: current value is ${upTo}`,
    );
  }
  if (!(Number.isInteger(bins) && bins > 0)) {
    throw new RangeError(
      `Cannot draw a histogram as 'bins' must be a positive integer: current value is ${bins}`,
    );
  }
  const counts = new Array<number>(bins).fill(0);
  for (let i = 0; i < values.length; i++)
    counts[Math.min(bins - 1, Math.floor((values[i]! / upTo) * bins))]! += 1;
  return { upTo, counts };
}
