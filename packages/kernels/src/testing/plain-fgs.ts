import { lead, predictedClass, slopeInPixels, viewOf, type PlainMlp } from "./plain-mlp.ts";

/** The line FGS moves one image along: x + epsilon * sign(slope of cross-entropy in x), unclipped. */
export interface PlainLine {
  readonly isZero: boolean;
  /** One a pixel: -1, 0 or 1. */
  readonly signs: readonly number[];
  /** How far a pixel's sign and a unit's being on are from the other side, relative to the largest. */
  readonly sureSigns: number;
  logitsAt(epsilon: number): Float64Array;
  /** Whether it is classified correctly at an epsilon. */
  isCorrectAt(epsilon: number): boolean;
  /** How far that decision, a pixel's sign or a unit's being on is from the other side, relative to what it is compared with. */
  certaintyAt(epsilon: number): number;
}

/** Source: Goodfellow et al. 2015, section 4. */
export function plainLine(mlp: PlainMlp, x: Float64Array, label: number): PlainLine {
  const start = viewOf(mlp, x);
  const slope = slopeInPixels(mlp, start, slopeDirection(start.logits, label));
  const logitsAt = (epsilon: number) =>
    viewOf(
      mlp,
      x.map((value, i) => value + epsilon * Math.sign(slope[i]!)),
    ).logits;
  const sureSigns = Math.min(smallestShare(slope), smallestShare(start.z));
  return {
    isZero: slope.every((value) => value === 0),
    signs: Array.from(slope, Math.sign),
    sureSigns,
    logitsAt,
    isCorrectAt: (epsilon) => predictedClass(logitsAt(epsilon)) === label,
    certaintyAt: (epsilon) => {
      const logits = logitsAt(epsilon);
      return Math.min(sureSigns, lead(logits) / Math.max(...logits.map(Math.abs)));
    },
  };
}

/**
 * The slope of cross-entropy in the logits, softmax - one-hot, divided by 1 - softmax[label]: the softmax of the other classes, and -1.
 * No sign changes, and nothing is too small to be told from 0, as e^-836 would be.
 */
function slopeDirection(logits: Float64Array, label: number): Float64Array {
  const most = Math.max(...logits.filter((_, k) => k !== label));
  const powers = logits.map((logit, k) => (k === label ? 0 : Math.exp(logit - most)));
  const all = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power, k) => (k === label ? -1 : power / all));
}

/** The smallest size but 0, as a part of the largest. */
function smallestShare(values: Float64Array): number {
  const sizes = values.filter((value) => value !== 0).map(Math.abs);
  return sizes.length === 0 ? Infinity : Math.min(...sizes) / Math.max(...sizes);
}
