import { expect } from "vitest";

/** Float32 rounds by at most this part of a number. */
export const ROUNDING = 2 ** -24;

/**
 * Expects two arrays to be equal within `tolerance` times the largest expected number: what a sum of many terms loses depends on the
 * terms, not on the sum, so a small number beside large ones is as uncertain as they are. Where all are zero, so must be all.
 */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what = "",
): void {
  expect(actual.length, what).toBe(expected.length);
  const bound = tolerance * Array.from(expected).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const worst = worstOf(actual, expected);
  const message = `${what} [${worst}] is ${actual[worst]}, expected ${expected[worst]} within ${bound}`;
  expect(actual.length === 0 || Math.abs(actual[worst]! - expected[worst]!) <= bound, message).toBe(true);
}

/** Where the difference is largest, or the first that is no number. */
function worstOf(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let worst = 0;
  let most = -1;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!);
    if (Number.isNaN(difference)) return i;
    if (difference > most) [worst, most] = [i, difference];
  }
  return worst;
}

/**
 * What a sum of products of `terms` terms may lose, as a part of the largest sum: half a unit in the last place for each addition at
 * worst, and some for the steps around it. Roundings mostly cancel, so the kernels stay well below.
 */
export function sumTolerance(terms: number): number {
  return (terms + 16) * ROUNDING;
}
