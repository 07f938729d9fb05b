import type { Classifier } from "@gambeson/models";
import type { Tensor2D } from "@gambeson/runtime";

/**
 * Two kinds of attack answer two questions and have two types. A budgeted attack gets a size and answers "is the model
 * fooled by so much?"; a minimal attack answers "how much does it take?".
 */

/** Settings every budgeted attack has. */
export interface BudgetedAttackOptions {
  /** Size of the perturbation in the attack's own norm, in units of pixel intensity (the whole range is 1). */
  readonly epsilon: number;
  /** Keep adversarial images in [0, 1]. */
  readonly clip: boolean;
}

/**
 * @param images float32 `[batch, inputSize]`. Borrowed.
 * @param labels True classes, `[batch]`, each in `[0, classCount)`.
 * @returns Adversarial images, float32 `[batch, inputSize]`. Owned by the caller.
 */
export type BudgetedAttack = (
  model: Classifier,
  images: Tensor2D,
  labels: ArrayLike<number>,
  options: BudgetedAttackOptions,
) => Tensor2D;

/**
 * @param images float32 `[batch, inputSize]`. Borrowed.
 * @param targets For each image the class to reach, or `UNTARGETED` to leave the predicted class.
 */
export type MinimalAttack<Options> = (
  model: Classifier,
  images: Tensor2D,
  targets: ArrayLike<number>,
  options: Options,
) => MinimalAttackOutcome;

/** In `targets`: away from the class predicted before the attack, to whichever is nearest. */
export const UNTARGETED = -1;

/** What a minimal attack found for each image of a batch. */
export interface MinimalAttackOutcome {
  /** Whether the image is now in another class (untargeted) or in the target's; Uint8Array of 0 and 1. */
  readonly fooled: Uint8Array;
  /** Steps each image was asked to take; one that no direction could move counts all of them. */
  readonly steps: Int32Array;
  /** Predicted classes before and after. */
  readonly before: Int32Array;
  readonly after: Int32Array;
  /** Length |Dx| of each perturbation, Euclidean, in units of pixel intensity. */
  readonly norms: Float32Array;
  /** Perturbations Dx, float32 `[batch, inputSize]`, computed when asked for. Owned by the caller; the model must live. */
  perturbations(): Tensor2D;
  /** Frees what `perturbations` is made from. */
  dispose(): void;
}
