import { readInteger } from "./read-number.ts";
import { UsageError } from "./usage-error.ts";

const MOST_SEEDS = 100;

/**
 * What --seed or --seeds says.
 *
 * @returns Undefined where the config's own seeds stand.
 * @throws {UsageError} If both are given, or one is out of range.
 */
export function readSeeds({
  seed,
  seeds,
}: {
  readonly seed?: string;
  readonly seeds?: string;
}): readonly number[] | undefined {
  if (seed !== undefined && seeds !== undefined) {
    throw new UsageError(
      `Cannot choose seeds as --seed and --seeds must not both be given: current value is both`,
    );
  }
  if (seed !== undefined) return [readInteger("--seed", seed, 0, 2 ** 32 - 1)];
  if (seeds === undefined) return undefined;
  return Array.from({ length: readInteger("--seeds", seeds, 1, MOST_SEEDS) }, (_, index) => index + 1);
}
