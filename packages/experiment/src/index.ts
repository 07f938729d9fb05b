export {
  attackImages,
  type AttackedImage,
  type AttackImagesOptions,
  type AttackReport,
  type ChosenAttack,
} from "./attack-images.ts";
export type { DeepFoolHooks, DeepFoolOfSet, Engine, FgsSweepOfSet } from "./engine.ts";
export { kernelCoverage, type KernelCoverage } from "./kernel-coverage.ts";
export { kernelEngine } from "./kernel-engine.ts";
export { modelsOf, plan } from "./plan.ts";
export { PRESETS, type Preset } from "./presets.ts";
export type { RunEvent } from "./run-event.ts";
export { renderReport, type RenderedFile, type RenderedReport } from "./report/render-report.ts";
export { runExperiment, type NamedWeights, type RunHost } from "./run-experiment.ts";
export type { Store, TaskRecord } from "./store.ts";
export { tensorEngine } from "./tensor-engine.ts";
