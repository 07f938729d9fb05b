import type { ExperimentConfig } from "@gambeson/contract";
import { firstImages, type Dataset } from "@gambeson/datasets";

/** The share of the data that a config wants; checksums stay those of the whole files. */
export function limitDataset(dataset: Dataset, { train, test }: ExperimentConfig["dataset"]): Dataset {
  return { ...dataset, train: firstImages(dataset.train, train), test: firstImages(dataset.test, test) };
}
