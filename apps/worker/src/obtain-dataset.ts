import { DATASETS, isFolderPath, loadDataset, type Dataset, type DownloadProgress } from "@gambeson/datasets";
import type { CommandHost } from "./command-host.ts";
import { datasetFiles } from "./dataset-files.ts";
import { nearest } from "./nearest.ts";
import type { Places } from "./places.ts";
import { UsageError } from "./usage-error.ts";

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
export async function obtainDataset(name: string, places: Places, host: CommandHost): Promise<Dataset> {
  const progress = downloadProgress(host);
  try {
    return await loadDataset(name, {
      files: datasetFiles,
      dataDir: places.dataDir,
      cacheDir: places.downloads,
      fetch: (address, init) => fetch(address, init),
      signal: host.signal,
      onProgress: progress.onProgress,
    });
  } finally {
    progress.close();
  }
}

/** On a terminal one line that is drawn over; else a line for each file. */
function downloadProgress({ stderr }: CommandHost): {
  onProgress: (progress: DownloadProgress) => void;
  close: () => void;
} {
  let file = "";
  return {
    onProgress: (progress) => {
      if (stderr.isLive) {
        stderr.write(`\r\x1b[K${describe(progress).slice(0, stderr.columns() - 1)}`);
      } else if (progress.file !== file) {
        stderr.write(`Downloading ${progress.file}\n`);
      }
      file = progress.file;
    },
    close: () => {
      if (stderr.isLive && file !== "") stderr.write("\r\x1b[K");
    },
  };
}

function describe({ file, receivedBytes, totalBytes }: DownloadProgress): string {
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
  if (totalBytes === null) return `Downloading ${file}  ${megabytes(receivedBytes)} MB`;
  const full = Math.floor((20 * receivedBytes) / Math.max(1, totalBytes));
  const bar = "█".repeat(full).padEnd(20, "░");
  return `Downloading ${file}  ${bar}  ${megabytes(receivedBytes)} of ${megabytes(totalBytes)} MB`;
}
