import { parseExperimentConfig, type ExperimentConfig } from "@gambeson/contract";
import type { Dataset } from "@gambeson/datasets";

const DEFAULT_ROC_CLASSES = parseExperimentConfig({}).evaluation.rocClasses;

/**
 * The config as the data set lets it be, so that giving it back runs the same again: "auto" becomes the name of what was used, and of
 * the default ROC classes those stay that there are.
 *
 * @throws {RangeError} If the config wants the ROC curve of a class that the data set has not.
 */
export function configForDataset(
  config: ExperimentConfig,
  { name, title, classNames }: Pick<Dataset, "name" | "title" | "classNames">,
): ExperimentConfig {
  const { dataset, evaluation } = config;
  const isThere = (k: number) => k < classNames.length;
  const beyond = evaluation.rocClasses.find((k) => !isThere(k));
  if (beyond !== undefined && String(evaluation.rocClasses) !== String(DEFAULT_ROC_CLASSES)) {
    throw new RangeError(
      `Cannot draw the ROC curves as evaluation.rocClasses must be classes of ${title}, 0 to ${classNames.length - 1}: ` +
        `current value is ${beyond}`,
    );
  }
  return {
    ...config,
    dataset: { ...dataset, name: dataset.name === "auto" ? name : dataset.name },
    evaluation: { ...evaluation, rocClasses: evaluation.rocClasses.filter(isThere) },
  };
}
