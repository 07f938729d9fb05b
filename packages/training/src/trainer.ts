import type { Classifier } from "@gambeson/models";
import type { AdamOptions, AdamState } from "./adam.ts";
import type { ImageSource } from "./image-source.ts";
import type { Objective, StepReport } from "./objective.ts";

/** A model and its optimiser. */
export interface TrainedState {
  readonly model: Classifier;
  readonly adam: AdamState;
}

/** A model in training: takes steps on batches of one source. */
export interface Trainer {
  /** About a quarter of a second's work, in images: how often to look at the signal. */
  readonly imagesABreath: number;
  /**
   * Takes one Adam step for each batch of `order` (the last may be smaller).
   *
   * @param order Positions in the source.
   */
  advance(order: Uint32Array): readonly StepReport[];
  /** The state as it stands. Borrowed until the next call. */
  current(): TrainedState;
  /** Frees what it holds, the current state included. */
  dispose(): void;
}

/**
 * Readies a trainer. There are two: `tensorTrainer`, the reference, for every model and objective, and `kernelTrainer`.
 *
 * @param from Borrowed for the call.
 * @param source Borrowed until `dispose`.
 */
export type TrainerFactory = (
  from: TrainedState,
  source: ImageSource,
  objective: Objective,
  schedule: AdamOptions & { readonly batchSize: number },
) => Trainer;
