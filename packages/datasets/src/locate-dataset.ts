import type { DatasetOptions } from "./dataset-options.ts";
import { DATASETS, type OfficialDataset } from "./datasets.ts";
import { findIdxFile } from "./idx-file.ts";

/** Where `loadDataset` would take a data set from, by names alone: no file is opened. */
export type DatasetLocation =
  | { readonly kind: "drawn" }
  /** Every file is there, in `folders` (one or two: a file missing in the first is looked for in the second). */
  | { readonly kind: "found"; readonly folders: readonly string[] }
  /** Some file is missing and would be downloaded into `folder`. */
  | { readonly kind: "download"; readonly folder: string; readonly bytes: number }
  | { readonly kind: "unavailable" };

/** Says where the data set of that name would come from. */
export async function locateDataset(
  name: keyof typeof DATASETS,
  { files, dataDir, cacheDir, fetch }: Pick<DatasetOptions, "files" | "dataDir" | "cacheDir" | "fetch">,
): Promise<DatasetLocation> {
  const dataset = DATASETS[name];
  if (dataset.kind === "drawn") return { kind: "drawn" };
  const candidates = [dataDir, cacheDir].flatMap((folder) => (folder === null ? [] : [`${folder}/${name}`]));
  const folders = await foldersOf(dataset);
  if (!folders.includes(null))
    return { kind: "found", folders: [...new Set(folders)].filter((folder) => folder !== null) };
  if (cacheDir === null || fetch === null) return { kind: "unavailable" };
  return { kind: "download", folder: `${cacheDir}/${name}`, bytes: dataset.downloadBytes };

  /** For each of the four files the folder that has it, or null. */
  async function foldersOf(official: OfficialDataset): Promise<(string | null)[]> {
    const found: (string | null)[] = [];
    for (const { stem } of Object.values(official.files)) {
      let holder: string | null = null;
      for (const folder of candidates) {
        if (holder === null && (await findIdxFile(files, folder, stem)) !== null) holder = folder;
      }
      found.push(holder);
    }
    return found;
  }
}
