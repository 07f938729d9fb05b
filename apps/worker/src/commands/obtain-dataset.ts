import { DATASETS, isFolderPath, loadDataset, type Dataset } from "@gambeson/datasets";
import { checkFolder } from "../disk/check-folder.ts";
import type { CommandHost } from "./command-host.ts";
import { datasetFiles } from "../disk/dataset-files.ts";
import { createDownloadReporter } from "../terminal/download-progress.ts";
import { nearest } from "./nearest.ts";
import { shown, type Places } from "./places.ts";
import { UsageError } from "./usage-error.ts";

export interface ObtainedDataset {
  readonly dataset: Dataset;
  /**
   * What to tell when another data set stands in for the one wanted: its warning and, for people alone as it differs from run to run,
   * where the wanted one was looked for and what went wrong. Empty when it is the one wanted.
   */
  readonly warning: readonly string[];
}

/** @throws {UsageError} If a data set named on the command line is neither known nor a folder's path. */
export function checkDatasetName(name: string | undefined): void {
  const known = ["auto", ...Object.keys(DATASETS)];
  if (name === undefined || known.includes(name) || isFolderPath(name)) return;
  const guess = nearest(name, known);
  throw new UsageError(
    `Cannot load a data set as its name must be one of ${known.join(", ")}, or a folder's path (such as ./my-data): ` +
      `current value is "${name}"${guess === null ? "" : `; did you mean ${guess}?`}`,
  );
}

/** Loads a data set, and shows the download where it needs one. */
export async function obtainDataset(
  name: string,
  places: Places,
  { stderr, signal }: Pick<CommandHost, "stderr" | "signal">,
): Promise<ObtainedDataset> {
  await checkFolders(name, places);
  const wanted = name === "mnist" ? DATASETS.mnist : DATASETS["fashion-mnist"];
  const progress = createDownloadReporter(wanted.title, stderr);
  const failures: string[] = [];
  try {
    const dataset = await loadDataset(name, {
      files: datasetFiles,
      dataDir: places.dataDir,
      cacheDir: places.downloads,
      fetch: (address, init) => fetch(address, init),
      signal,
      onAsk: progress.onAsk,
      onProgress: progress.onProgress,
      onFallback: ({ cause, message }) => failures.push(cause instanceof Error ? cause.message : message),
    });
    const folders = [places.dataDir, places.downloads].flatMap((folder) =>
      folder === null ? [] : [shown(`${folder}/${wanted.name}`)],
    );
    const why = failures.map((failure) => `Looked in ${folders.join(" and in ")}. ${failure}.`);
    return { dataset, warning: dataset.warning === null ? [] : [dataset.warning, ...why] };
  } finally {
    progress.close();
  }
}

async function checkFolders(name: string, { dataDir, dataDirFrom }: Places): Promise<void> {
  if (isFolderPath(name)) await checkFolder(`load the data set in ${name}`, name);
  else if (name !== "synthetic" && dataDir !== null)
    await checkFolder(`look for data sets in ${dataDir} (${dataDirFrom})`, dataDir);
}
