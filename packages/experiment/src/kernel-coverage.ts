import { kernelWalk } from "@gambeson/attacks";
import type { ExperimentConfig } from "@gambeson/contract";

/**
 * How much of an experiment the kernels compute: all of it; some, where clipping, DeepFool in pixels or a frozen perturbation
 * leave the rest to tensors; or nothing, for models without exactly one hidden layer.
 */
export type KernelCoverage = "all" | "some" | "none";

export function kernelCoverage({ model, crafting, regimes, evaluation }: ExperimentConfig): KernelCoverage {
  if (model.hidden.length !== 1) return "none";
  const defences = regimes.filter((regime) => regime.kind === "deep-defense");
  const walks = [crafting.deepFool, evaluation.deepFool, ...defences.map(({ deepFool }) => deepFool)];
  const isWhole =
    !evaluation.fgs.clip &&
    walks.every((walk) => kernelWalk(walk) !== null) &&
    defences.every(({ perturbation }) => perturbation === "recomputed");
  return isWhole ? "all" : "some";
}
