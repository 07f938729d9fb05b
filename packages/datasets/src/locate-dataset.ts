import type { DatasetOptions } from "./dataset-options.ts";
import { DATASETS } from "./datasets.ts";
import { findDataFolder } from "./find-data-folder.ts";
import { findIdxFile } from "./idx-file.ts";

/** Where `loadDataset` would take a data set from, by names alone: no file is opened. */
export type DatasetLocation =
  | { readonly kind: "drawn" }
  /** Every file is in `folder`. */
  | { readonly kind: "found"; readonly folder: string }
  /** Some file is missing and would be downloaded into `folder`. */
  | { readonly kind: "download"; readonly folder: string; readonly bytes: number }
  /** The data folder is not as it must be; `reason` is what `loadDataset` would throw. */
  | { readonly kind: "unusable"; readonly reason: string }
  | { readonly kind: "unavailable" };

/** Says where the data set of that name would come from. */
export async function locateDataset(
  name: keyof typeof DATASETS,
  { files, dataDir, cacheDir, fetch }: Pick<DatasetOptions, "files" | "dataDir" | "cacheDir" | "fetch">,
): Promise<DatasetLocation> {
  const dataset = DATASETS[name];
  if (dataset.kind === "drawn") return { kind: "drawn" };
  try {
    const folder = dataDir === null ? null : await findDataFolder(dataset, files, dataDir);
    if (folder !== null) return { kind: "found", folder };
  } catch (error) {
    if (error instanceof RangeError) return { kind: "unusable", reason: error.message };
    throw error;
  }
  if (cacheDir === null) return { kind: "unavailable" };
  const folder = `${cacheDir}/${name}`;
  const cached: (string | null)[] = [];
  for (const { stem } of Object.values(dataset.files)) cached.push(await findIdxFile(files, folder, stem));
  if (!cached.includes(null)) return { kind: "found", folder };
  return fetch === null
    ? { kind: "unavailable" }
    : { kind: "download", folder, bytes: dataset.downloadBytes };
}
