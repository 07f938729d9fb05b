export {
  deepFoolOn,
  type DeepFoolFindings,
  type DeepFoolOrders,
  type DeepFoolWalkOptions,
} from "./deep-fool-survey.ts";
export { fgsLines, type FgsLines, type FgsLinesOptions } from "./fgs-lines.ts";
export { loadImages, type ImageArrays, type ImageMemory } from "./image-memory.ts";
export { logitsOf } from "./logits-survey.ts";
export type { MlpSizes, ParameterArrays } from "./mlp-layout.ts";
export { loadMlpMemory, type MlpMemory, type MlpStart } from "./mlp-memory.ts";
export {
  KERNEL_BUILDS,
  startKernels,
  type KernelBuild,
  type KernelOptions,
  type Kernels,
} from "./start-kernels.ts";
export type { ImageRange } from "./survey.ts";
export {
  createTrainer,
  type AdamSettings,
  type DeepDefenseSettings,
  type Trainer,
  type TrainerObjective,
  type TrainerOptions,
  type TrainerStep,
} from "./trainer.ts";
