/** The spread of some measurements. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
}

/**
 * Median, extremes and quartiles. A quartile between two values lies between them in proportion (R's type 7, NumPy's default).
 *
 * @throws {RangeError} Of no values.
 */
export function spreadOf(values: readonly number[]): Spread {
  if (values.length === 0) {
    throw new RangeError("Cannot take a spread as there must be a value: current value is none");
  }
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => {
    const position = share * (sorted.length - 1);
    const below = Math.floor(position);
    const low = sorted[below]!;
    const high = sorted[Math.ceil(position)]!;
    return low + (high - low) * (position - below);
  };
  return { median: at(0.5), min: at(0), max: at(1), lowerQuartile: at(0.25), upperQuartile: at(0.75) };
}
