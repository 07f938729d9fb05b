import type { Random } from "@gambeson/runtime/random";

/** Uniform in [low, high). */
export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random.uniform();
}

/** True with the given probability. */
export function chance(random: Random, probability: number): boolean {
  return random.uniform() < probability;
}

/** A wave of period 1 between -1 and 1: parabolas in place of a sine, to stay with exact arithmetic. */
export function wave(t: number): number {
  const u = t - Math.floor(t);
  return u < 0.5 ? 16 * u * (0.5 - u) : -16 * (u - 0.5) * (1 - u);
}
