import type { Result } from "@gambeson/contract";
import { fourDecimals, percent } from "./format-number.ts";
import { summarise } from "./summarise.ts";

/** The result in a sentence: the model that sets eps_ref against Vanilla (or against the pre-trained model). */
export function headline(result: Result): string {
  const { models } = summarise(result);
  const { config, dataset } = result;
  const defended = models.find(({ id }) => id === config.evaluation.epsilonReference.model);
  const vanillaId = config.regimes.find(({ kind }) => kind === "vanilla")?.id ?? "pretrained";
  const plain = models.find(({ id }) => id === vanillaId);
  if (defended === undefined || plain === undefined || defended === plain || plain.rho2.mean === 0) {
    return `Accuracy and robustness of ${models.length} models on ${dataset.title}.`;
  }
  const ratio = defended.rho2.mean / plain.rho2.mean;
  const points = 100 * (defended.accuracy.mean - plain.accuracy.mean);
  const price =
    Math.abs(points) < 0.005
      ? "at the same accuracy"
      : `at ${Math.abs(points).toFixed(2)} points ${points < 0 ? "less" : "more"} accuracy (${percent(defended.accuracy.mean)} % against ${percent(plain.accuracy.mean)} %)`;
  return `To fool ${defended.label} takes perturbations ${ratio.toFixed(1)} times as large as to fool ${plain.label} (ρ₂ ${fourDecimals(defended.rho2.mean)} against ${fourDecimals(plain.rho2.mean)}), ${price}.`;
}
