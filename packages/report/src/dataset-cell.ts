import type { Result } from "@gambeson/contract";

/** The data set's name in a CSV file, where nothing else would tell that the images were drawn by code. */
export function datasetCell({ dataset: { name, synthetic } }: Pick<Result, "dataset">): string {
  return synthetic && !name.includes("synthetic") ? `${name} (synthetic)` : name;
}
