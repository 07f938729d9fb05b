import type { DeepFoolWalkOptions } from "@gambeson/kernels";
import { checkDeepFoolOptions, overshootFactors, type DeepFoolOptions } from "./deep-fool-options.ts";

/**
 * DeepFool's options as the kernels take them; null for a walk that only `deepFool` takes: in pixels, as clipping needs.
 *
 * @throws As `deepFool` for options out of range.
 */
export function kernelWalk(options: DeepFoolOptions): DeepFoolWalkOptions | null {
  checkDeepFoolOptions(options);
  if (options.clip || options.geometry === "pixels") return null;
  return { maxSteps: options.maxSteps, margin: options.margin, factors: overshootFactors(options) };
}
