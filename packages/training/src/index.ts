export { disposeAdam, freshAdam, type AdamOptions, type AdamState } from "./adam.ts";
export { crossEntropy, meanCrossEntropy } from "./cross-entropy.ts";
export {
  deepDefense,
  deepDefenseWithFrozenPerturbation,
  perturbationRatios,
  type DeepDefenseOptions,
} from "./deep-defense.ts";
export { forEachBatch } from "./for-each-batch.ts";
export { readBatch, type Batch, type ImageSource } from "./image-source.ts";
export {
  disposeState,
  train,
  type EpochReport,
  type TrainingHooks,
  type TrainingSchedule,
  type TrainingState,
} from "./loop.ts";
export type { Objective, RegulariserReport, StepReport } from "./objective.ts";
