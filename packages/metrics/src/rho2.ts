import { requireSameLength } from "./require-same-length.ts";
import type { Tally } from "./tally.ts";

/**
 * rho = |Dx| / |x| of each image, in float64. An image with |x| = 0 has none and is left out; `countBlank` counts those.
 *
 * @param norms |Dx|, Euclidean, `[n]`, finite and not negative.
 * @param imageNorms |x|, Euclidean, `[n]`, finite and not negative.
 * @throws {RangeError} If the lengths differ or a norm is negative or not finite.
 */
export function relativeNorms(
  norms: ArrayLike<number>,
  imageNorms: ArrayLike<number>,
): Float64Array<ArrayBuffer> {
  requireSameLength("measure rho", { norms, imageNorms });
  const relative = new Float64Array(norms.length);
  let kept = 0;
  for (let i = 0; i < norms.length; i++) {
    const norm = requireNorm(norms[i]!);
    const imageNorm = requireNorm(imageNorms[i]!);
    if (imageNorm > 0) relative[kept++] = norm / imageNorm;
  }
  return relative.slice(0, kept);
}

/**
 * rho2 = mean of |Dx| / |x| over all images whose |x| > 0: how long a perturbation must be, relative to the image, to
 * fool the model. Summed in float64.
 *
 * @param norms |Dx| of the smallest perturbations found, Euclidean, `[n]`.
 * @param imageNorms |x|, Euclidean, `[n]`.
 * @returns null when no image has |x| > 0.
 * @throws {RangeError} If the lengths differ or a norm is negative or not finite.
 *
 * Source: Moosavi-Dezfooli et al. 2016, equation 15, arXiv:1511.04599 (there rho_adv).
 */
export function rho2(norms: ArrayLike<number>, imageNorms: ArrayLike<number>): number | null {
  return meanOrNull(relativeNorms(norms, imageNorms));
}

/** Images with |x| = 0, which have no |Dx| / |x|. */
export function countBlank(imageNorms: ArrayLike<number>): Tally {
  let count = 0;
  for (let i = 0; i < imageNorms.length; i++) if (imageNorms[i] === 0) count++;
  return { count, of: imageNorms.length };
}

/** @returns The mean, summed in float64; null of no values. */
export function meanOrNull(values: ArrayLike<number>): number | null {
  if (values.length === 0) return null;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

function requireNorm(norm: number): number {
  if (Number.isFinite(norm) && norm >= 0) return norm;
  throw new RangeError(
    `Cannot measure rho as a norm must be finite and not negative: current value is ${norm}`,
  );
}
