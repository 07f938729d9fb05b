import type { Random } from "@gambeson/runtime/random";
import { between, chance, wave } from "./variation.ts";

/** The tone of cloth at a place of the image (in pixels), 0 (black) to 1 (white). */
export type Shade = (x: number, y: number) => number;

/** How likely a garment's cloth is to have a pattern. */
export interface ClothOptions {
  readonly patterned: number;
}

/** Cloth of random tone, lit from a random side, with a random pattern by chance. */
export function clothShade(random: Random, { patterned }: ClothOptions): Shade {
  const base = between(random, 0.35, 1);
  const [lightX, lightY] = [between(random, -0.16, 0.16), between(random, -0.16, 0.16)];
  const pattern = chance(random, patterned) ? patternShade(random) : () => 0;
  return (x, y) => clamp(base + lightX * (x / 14 - 1) + lightY * (y / 14 - 1) + pattern(x, y));
}

/** The same cloth, lighter or darker by `difference`. */
export function toned(shade: Shade, difference: number): Shade {
  return (x, y) => clamp(shade(x, y) + difference);
}

/** A difference of tone that shows: at least 0.12, darker more often than lighter. */
export function contrast(random: Random): number {
  return chance(random, 0.65) ? -between(random, 0.12, 0.4) : between(random, 0.12, 0.35);
}

/** Stripes across or along, checks, or blotches. */
function patternShade(random: Random): Shade {
  const strength = between(random, 0.08, 0.3);
  const period = between(random, 2.5, 9);
  const [phaseX, phaseY] = [random.uniform(), random.uniform()];
  const across: Shade = (_, y) => strength * wave(y / period + phaseY);
  const along: Shade = (x) => strength * wave(x / period + phaseX);
  const slope = between(random, -0.6, 0.6);
  switch (random.integer(4)) {
    case 0:
      return across;
    case 1:
      return along;
    case 2:
      return (x, y) => (across(x, y) + along(x, y)) / 2;
    default:
      return (x, y) =>
        strength *
        wave((x + slope * y) / (2 * period) + phaseX) *
        wave((y - slope * x) / (2 * period) + phaseY);
  }
}

/** Cloth is never quite black, so that it can be told from the background. */
function clamp(tone: number): number {
  return Math.max(0.08, Math.min(1, tone));
}
