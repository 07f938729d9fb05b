import type { Row } from "./bench-result.ts";
import type { ContenderName } from "./contender-names.ts";
import type { PartName } from "./part-names.ts";

/**
 * What the report preset would take with PyTorch and Foolbox, put together from their rows: 10 + 5 + 5 epochs of cross-entropy,
 * 2 x 5 of Deep Defense, DeepFool on the training set once and on the test set for each of five models. What else the report
 * does (curves, figures) is left out, in PyTorch's favour.
 *
 * @returns In seconds; null where a row is missing.
 */
export function estimateReport(
  rows: readonly Row[],
  { train, test }: { readonly train: number; readonly test: number },
): number | null {
  const median = (part: PartName, contender: ContenderName) =>
    rows.find((row) => row.part === part && row.contender === contender)?.spread?.median ?? null;
  const epoch = median("training-epoch", "pytorch");
  const defenceEpoch = median("deep-defense", "pytorch");
  const deepFool = median("deepfool", "foolbox");
  if (epoch === null || defenceEpoch === null || deepFool === null) return null;
  return 20 * epoch + 10 * defenceEpoch + (train / test + 5) * deepFool;
}
