export {
  UNTARGETED,
  type BudgetedAttack,
  type BudgetedAttackOptions,
  type MinimalAttack,
  type MinimalAttackOutcome,
} from "./attack.ts";
export { deepFoolLengths } from "./deep-fool-lengths.ts";
export type { DeepFoolOptions } from "./deep-fool-options.ts";
export { deepFoolTrail, type DeepFoolState } from "./deep-fool-trail.ts";
export { deepFool, withDeepFool, type DeepFoolOutcome } from "./deep-fool.ts";
export { fgsSweep, type FgsSweep, type FgsSweepOptions } from "./fgs-sweep.ts";
export { kernelWalk } from "./kernel-walk.ts";
export { fgs, lossGradientSign } from "./fgs.ts";
