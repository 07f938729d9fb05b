import { histogram, type Histogram } from "./histogram.ts";
import { median } from "./median.ts";
import { requireSameLength } from "./require-same-length.ts";
import { meanOrNull, relativeNorms } from "./rho2.ts";
import type { Tally } from "./tally.ts";

/** What a minimal attack such as DeepFool did to each image of a set; position i is the same image in every array. */
export interface PerturbedImages {
  /** |Dx|, Euclidean, with the perturbation reached even where the model was not fooled. */
  readonly norm: ArrayLike<number>;
  /** |x|, Euclidean. */
  readonly imageNorm: ArrayLike<number>;
  /** Whether the predicted class changed. */
  readonly fooled: ArrayLike<boolean | number>;
  /** Steps the attack took. */
  readonly steps: ArrayLike<number>;
  /** Whether the model was right before the attack. */
  readonly correct: ArrayLike<boolean | number>;
}

/** rho = |Dx| / |x| of every image, summed up. */
export interface Robustness {
  /** Mean of rho over all images, misclassified and unfooled ones included. */
  readonly rho2: number;
  /** The same over images classified correctly before the attack; null when there is none. */
  readonly rho2Correct: number | null;
  readonly median: number;
  readonly fooled: Tally;
  readonly meanSteps: number;
  /** 40 bins over [0, 0.4]; the last, from 0.39, also holds all beyond. */
  readonly histogram: Histogram;
}

/** The same for all models, so that their histograms can be compared. */
const RHO_HISTOGRAM = { upTo: 0.4, bins: 40 } as const;

/**
 * rho2 and its companions. Blank images (|x| = 0) have no rho: they are left out of `rho2`, `rho2Correct`, `median` and
 * `histogram`, and count in `fooled` and `meanSteps`. `countBlank` says how many they are.
 *
 * @throws {RangeError} If the arrays differ in length, a norm is negative or not finite, or every image is blank.
 */
export function robustness(images: PerturbedImages): Robustness {
  const { norm, imageNorm, fooled, steps, correct } = images;
  requireSameLength("measure robustness", { norm, imageNorm, fooled, steps, correct });
  const rho = relativeNorms(norm, imageNorm);
  const right = positions(correct);
  const rhoMean = meanOrNull(rho);
  const rhoMedian = median(rho);
  const meanSteps = meanOrNull(steps);
  if (rhoMean === null || rhoMedian === null || meanSteps === null) {
    throw new RangeError(
      `Cannot measure robustness as an image must have |x| above 0: current value is none of ${norm.length}`,
    );
  }
  return {
    rho2: rhoMean,
    rho2Correct: meanOrNull(relativeNorms(pick(norm, right), pick(imageNorm, right))),
    median: rhoMedian,
    fooled: { count: positions(fooled).length, of: fooled.length },
    meanSteps,
    histogram: histogram(rho, RHO_HISTOGRAM.upTo, RHO_HISTOGRAM.bins),
  };
}

function positions(flags: ArrayLike<boolean | number>): number[] {
  const found: number[] = [];
  for (let i = 0; i < flags.length; i++) if (flags[i]) found.push(i);
  return found;
}

function pick(values: ArrayLike<number>, at: readonly number[]): Float64Array {
  return Float64Array.from(at, (i) => values[i]!);
}
