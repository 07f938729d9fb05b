import type { DatasetFiles } from "./dataset-files.ts";
import type { OfficialDataset } from "./datasets.ts";
import { findIdxFile } from "./idx-file.ts";

/**
 * The folder of the user's data folder that holds an official data set, `<dataDir>/<name>`, by names alone: no file is opened.
 *
 * @returns Null when none of its files is there.
 * @throws {RangeError} If only some of its files are there, or `dataDir` is that folder itself: both are mistakes that no download
 *   may hide.
 */
export async function findDataFolder(
  { name, title, files: official }: Pick<OfficialDataset, "name" | "title" | "files">,
  files: DatasetFiles,
  dataDir: string,
): Promise<string | null> {
  const folder = `${dataDir}/${name}`;
  const stems = Object.values(official).map(({ stem }) => stem);
  const missing = await missingFrom(files, folder, stems);
  if (missing.length === 0) return folder;
  if (missing.length < stems.length) {
    throw new RangeError(
      `Cannot load ${title} as ${folder} must hold all four of its files: current value lacks ${missing.join(", ")}`,
    );
  }
  if ((await missingFrom(files, dataDir, stems)).length < stems.length) {
    throw new RangeError(
      `Cannot load ${title} as the data folder must be the one above ${name}/: current value ${dataDir} holds IDX files itself`,
    );
  }
  return null;
}

async function missingFrom(
  files: DatasetFiles,
  folder: string,
  stems: readonly string[],
): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const stem of stems) if ((await findIdxFile(files, folder, stem)) === null) missing.push(stem);
  return missing;
}
