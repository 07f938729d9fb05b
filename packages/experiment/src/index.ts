export { assembleResult, type AssemblySources } from "./assemble-result.ts";
export {
  attackImages,
  type AttackedImage,
  type AttackImagesOptions,
  type AttackReport,
  type ChosenAttack,
} from "./attack-images.ts";
export { completeTask, type TaskHost } from "./complete-task.ts";
export type { DeepFoolHooks, DeepFoolOfSet, Engine, FgsSweepOfSet, FgsSweepOptions } from "./engine.ts";
export { fromJsonBytes, toJsonBytes } from "./json-bytes.ts";
export { kernelCoverage, type KernelCoverage } from "./kernel-coverage.ts";
export { kernelEngine } from "./kernel-engine.ts";
export { inputHashes, outputHash, type FinishedTasks } from "./output-hash.ts";
export { modelsOf, plan, trainingTaskId, type SplitSizes } from "./plan.ts";
export { PRESETS, type Preset } from "./presets.ts";
export type { RunEvent } from "./run-event.ts";
export { runExperiment, type NamedWeights, type RunHost } from "./run-experiment.ts";
export { runTask } from "./run-task.ts";
export type { Store, TaskRecord } from "./store.ts";
export { taskKey } from "./task-key.ts";
export type { TaskContext, TaskOutputs } from "./task-context.ts";
export type { OutputOf, Task } from "./task.ts";
export { tensorEngine } from "./tensor-engine.ts";
export { writeTestImages } from "./test-images-file.ts";
