import type { PartName } from "./part-names.ts";

/** What a part's time is the time of. */
export const PART_TITLES: Readonly<Record<Exclude<PartName, "kernels">, string>> = {
  "training-step": "training step (batch 64, Adam)",
  "training-epoch": "training epoch",
  deepfool: "DeepFool on the test set",
  "deep-defense": "Deep Defense epoch (batch 100)",
  "fgs-curves": "FGS curves (3 models x 60 epsilons)",
  report: "the whole report",
};
