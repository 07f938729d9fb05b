/** A mean over repetitions and how far they scatter. */
export interface MeanAndDeviation {
  readonly mean: number;
  /** Sample standard deviation (n - 1 in the denominator); null for a single value, which shows no scatter. */
  readonly deviation: number | null;
}

/**
 * Mean and sample standard deviation. Equal values give exactly that value and 0.
 *
 * @throws {RangeError} If there is no value, or one is not finite.
 */
export function meanAndDeviation(values: ArrayLike<number>): MeanAndDeviation {
  const n = values.length;
  if (n === 0) throw new RangeError("Cannot take a mean as there must be a value: current value is none");
  const origin = values[0]!;
  const offsets = Float64Array.from(values, (value) => requireFinite(value) - origin);
  const meanOffset = sum(offsets) / n;
  const squares = sum(offsets.map((offset) => (offset - meanOffset) ** 2));
  return { mean: origin + meanOffset, deviation: n === 1 ? null : Math.sqrt(squares / (n - 1)) };
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

function requireFinite(value: number): number {
  if (Number.isFinite(value)) return value;
  throw new RangeError(`Cannot take a mean as each value must be finite: current value is ${value}`);
}
