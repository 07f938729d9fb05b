import type { DeepDefenseSettings } from "../index.ts";
import { crossEntropy } from "./plain-cross-entropy.ts";
import { lengthAlong, lengthOf, plainDeepFool, UNTARGETED, type PlainStep } from "./plain-deep-fool.ts";
import { predictedClass, viewOf, type PlainMlp } from "./plain-mlp.ts";

export interface PlainBatch {
  readonly rows: readonly Float64Array[];
  readonly labels: ArrayLike<number>;
}

/** Where DeepFool takes an image of the batch, which the gradient holds still. */
export interface Aim {
  readonly isCorrect: boolean;
  readonly isFooled: boolean;
  readonly path: readonly PlainStep[];
  readonly certainty: number;
}

/** |x| is raised to it: an image of nothing but zeros has no relative perturbation. */
const LEAST_IMAGE_LENGTH = 1e-6;

/** Away from the right class, or towards it from a wrong one. */
export function aimsOf(mlp: PlainMlp, { rows, labels }: PlainBatch, settings: DeepDefenseSettings): Aim[] {
  return rows.map((x, image) => {
    const isCorrect = predictedClass(viewOf(mlp, x).logits) === labels[image];
    const target = isCorrect ? UNTARGETED : labels[image]!;
    const { path, fooled, certainty } = plainDeepFool(mlp, x, target, settings.deepFool);
    return { isCorrect, isFooled: fooled, path, certainty };
  });
}

/**
 * Deep Defense's loss (method: section 2), along paths found before:
 *
 *     mean CE + (lambda / B) [ sum over T of exp(-c |Dx|/|x|) + sum over F of exp(d |Dx|/|x|) ]
 */
export function deepDefenseLoss(
  mlp: PlainMlp,
  { rows, labels }: PlainBatch,
  settings: DeepDefenseSettings,
  aims: readonly Aim[],
): { readonly loss: number; readonly penalty: number; readonly capped: number } {
  const { lambda, c, d, exponentCap, deepFool } = settings;
  let sum = 0;
  let penalty = 0;
  let capped = 0;
  rows.forEach((x, image) => {
    sum += crossEntropy(viewOf(mlp, x).logits, labels[image]!);
    const { isCorrect, path } = aims[image]!;
    const ratio = lengthAlong(mlp, x, path, deepFool) / Math.max(lengthOf(x), LEAST_IMAGE_LENGTH);
    const exponent = (isCorrect ? -c : d) * ratio;
    penalty += (lambda / rows.length) * Math.exp(Math.min(exponent, exponentCap));
    capped += Number(exponent > exponentCap);
  });
  return { loss: sum / rows.length + penalty, penalty, capped };
}
