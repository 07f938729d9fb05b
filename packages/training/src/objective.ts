import type { Classifier } from "@gambeson/models";
import type { Tensor } from "@gambeson/runtime";
import type { DeepDefenseOptions } from "./deep-defense.ts";
import type { Batch } from "./image-source.ts";

/** What a step saw, as sums over the batch (losses as means). */
export interface StepReport {
  /** Images of the batch. */
  readonly count: number;
  /** The whole loss, regulariser included, mean over the batch. */
  readonly loss: number;
  /** Images classified correctly before the step. */
  readonly correct: number;
  /** Null for an objective without a regulariser. */
  readonly regulariser: RegulariserReport | null;
}

export interface RegulariserReport {
  /** Its share of the loss. */
  readonly value: number;
  /** Misclassified images whose exponent was capped. */
  readonly capped: number;
  /** Images that DeepFool did not take over the boundary within its steps. */
  readonly unfooled: number;
}

/** What there is to know of an objective that kernels compute as well. */
export type ObjectiveSettings =
  | { readonly kind: "cross-entropy" }
  | { readonly kind: "deep-defense"; readonly options: DeepDefenseOptions };

/** A loss to train on. */
export interface Objective {
  /** Null for one that only tensors compute. */
  readonly settings: ObjectiveSettings | null;
  /**
   * The loss and its gradient on a batch.
   *
   * @param model, batch Borrowed.
   * @returns `gradients` in the order of `model.parameters`; owned by the caller.
   */
  differentiate(
    model: Classifier,
    batch: Batch,
  ): { readonly gradients: Tensor[]; readonly report: StepReport };
}
