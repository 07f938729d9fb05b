import type { DatasetOptions } from "./dataset-options.ts";
import type { Dataset } from "./dataset.ts";
import { DatasetUnavailableError } from "./dataset-unavailable-error.ts";
import { DATASETS } from "./datasets.ts";
import { loadIdxFolder } from "./load-idx-folder.ts";
import { loadOfficialDataset } from "./load-official-dataset.ts";
import { drawSyntheticGarments } from "./synthetic/draw-synthetic-garments.ts";

/** True for what `loadDataset` takes as a folder: it has a slash or backslash in it, or begins with a dot. */
export function isFolderPath(name: string): boolean {
  return /^\.|[/\\]/.test(name);
}

/**
 * Loads a data set.
 *
 * @param name "fashion-mnist", "mnist" or "synthetic"; a path (see `isFolderPath`), read as a folder of IDX files; or "auto":
 *   Fashion-MNIST where it can be had, else the synthetic one with a `warning`. Only "auto" falls back, and only when the files
 *   cannot be had: damaged files in the data folder are an error there too.
 * @throws {RangeError} If the name is none of these.
 * @throws {DatasetUnavailableError} If the files are neither here nor to be had.
 * @throws {SyntaxError | RangeError} If a file is damaged or another than the official one.
 * @throws The reason of `options.signal` if it aborts.
 */
export async function loadDataset(name: string, options: DatasetOptions): Promise<Dataset> {
  options.signal?.throwIfAborted();
  switch (name) {
    case "fashion-mnist":
    case "mnist":
      return loadOfficialDataset(DATASETS[name], options);
    case "synthetic":
      return drawSyntheticGarments();
    case "auto":
      return loadFashionMnistOrDraw(options);
    default:
      if (isFolderPath(name)) return loadIdxFolder(name, options.files);
      throw new RangeError(
        `Cannot load a data set as its name must be one of auto, ${Object.keys(DATASETS).join(", ")}, or a folder's path ` +
          `(such as ./my-data): current value is "${name}"`,
      );
  }
}

/** Part of the result, so it leaves out what differs from run to run: why the files could not be had. */
const FALLBACK_WARNING =
  "NOT Fashion-MNIST: these images were drawn by code, because the real ones could be neither found nor downloaded. " +
  "The numbers say nothing about Fashion-MNIST. To use it, name the folder that holds fashion-mnist/ with --data-dir.";

async function loadFashionMnistOrDraw(options: DatasetOptions): Promise<Dataset> {
  try {
    return await loadOfficialDataset(DATASETS["fashion-mnist"], options);
  } catch (error) {
    if (!(error instanceof DatasetUnavailableError)) throw error;
    options.onFallback?.(error);
    return { ...(await drawSyntheticGarments()), warning: FALLBACK_WARNING };
  }
}
