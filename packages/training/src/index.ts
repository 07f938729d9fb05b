export { disposeAdam, freshAdam, type AdamOptions, type AdamState } from "./adam.ts";
export { crossEntropy, meanCrossEntropy } from "./cross-entropy.ts";
export {
  deepDefense,
  deepDefenseWithFrozenPerturbation,
  perturbationRatios,
  type DeepDefenseOptions,
} from "./deep-defense.ts";
export { forEachBatch } from "./for-each-batch.ts";
export { kernelTrainer } from "./kernel-trainer.ts";
export { readBatch, type Batch, type ImageSource } from "./image-source.ts";
export {
  disposeState,
  train,
  type EpochReport,
  type TrainingHooks,
  type TrainOptions,
  type TrainingSchedule,
  type TrainingState,
} from "./loop.ts";
export type { Objective, ObjectiveSettings, RegulariserReport, StepReport } from "./objective.ts";
export { tensorTrainer } from "./tensor-trainer.ts";
export type { TrainedState, Trainer, TrainerFactory } from "./trainer.ts";
