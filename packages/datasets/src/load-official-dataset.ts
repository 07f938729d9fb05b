import type { DatasetOptions } from "./dataset-options.ts";
import type { Dataset, DatasetSplit } from "./dataset.ts";
import type { OfficialDataset, OfficialFile } from "./datasets.ts";
import { DatasetUnavailableError } from "./dataset-unavailable-error.ts";
import { download } from "./download.ts";
import { findDataFolder } from "./find-data-folder.ts";
import { gunzip } from "./gunzip.ts";
import { findIdxFile, gzippedLimit, readIdxFile } from "./idx-file.ts";
import { parseIdxImages, parseIdxLabels } from "./parse-idx.ts";
import { pairImages } from "./pair-images.ts";
import { sha256 } from "./sha256.ts";

/**
 * Loads a data set whose bytes are known: from `<dataDir>/<name>/`, else each of its four files from `<cacheDir>/<name>/`, else
 * downloaded to there. A file in the data folder that is not the official one is refused; one in the cache is replaced.
 *
 * @throws {DatasetUnavailableError} If a file is neither here nor to be had.
 * @throws {SyntaxError | RangeError} If a file in the data folder is damaged or another than the official one, or only some are there.
 */
export async function loadOfficialDataset(
  official: OfficialDataset,
  options: DatasetOptions,
): Promise<Dataset> {
  const { name, title, classNames, height, width, files } = official;
  options.signal?.throwIfAborted();
  const dataFolder =
    options.dataDir === null ? null : await findDataFolder(official, options.files, options.dataDir);
  const train = await loadSplit("training", files.trainImages, files.trainLabels);
  const test = await loadSplit("test", files.testImages, files.testLabels);
  return { name, title, classNames, height, width, train, test, synthetic: false, warning: null };

  async function loadSplit(
    split: string,
    imageFile: OfficialFile,
    labelFile: OfficialFile,
  ): Promise<DatasetSplit> {
    const images = parseIdxImages(await obtainFile(imageFile), imageFile.stem);
    const labels = parseIdxLabels(await obtainFile(labelFile), labelFile.stem);
    const set = pairImages(images, labels, classNames.length, `${split} images of ${title}`);
    return { ...set, imagesSha256: imageFile.sha256, labelsSha256: labelFile.sha256 };
  }

  /** The uncompressed content of one file; its checksum is right. */
  async function obtainFile(file: OfficialFile): Promise<Uint8Array<ArrayBuffer>> {
    options.signal?.throwIfAborted();
    const path = dataFolder === null ? null : await findIdxFile(options.files, dataFolder, file.stem);
    if (path === null) return obtainCached(official, file, options);
    return verify(await readIdxFile(options.files, path, file.bytes), file, path);
  }
}

/** The same from the cache, else by download. */
async function obtainCached(
  { name, title, addresses }: OfficialDataset,
  file: OfficialFile,
  options: DatasetOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { cacheDir, fetch } = options;
  if (cacheDir !== null) {
    const content = await readCached(options, `${cacheDir}/${name}`, file);
    if (content !== null) return content;
  }
  const advice = "name a folder that has it with --data-dir";
  if (cacheDir === null || fetch === null) {
    throw new DatasetUnavailableError(
      `Cannot load ${title} as its files must be in ${name}/ of a data folder: current value is none; ${advice}`,
    );
  }
  const request = {
    name: `${file.stem}.gz`,
    title,
    addresses: addresses.map((address) => `${address}${file.stem}.gz`),
    target: `${cacheDir}/${name}/${file.stem}.gz`,
    limit: gzippedLimit(file.bytes),
    open: async (bytes: Uint8Array<ArrayBuffer>) =>
      verify(await gunzip(bytes, { name: file.stem, limit: file.bytes }), file, file.stem),
  };
  return download(request, { ...options, fetch }).catch((error: unknown) => {
    if (!(error instanceof DatasetUnavailableError)) throw error;
    throw new DatasetUnavailableError(`${error.message}; or ${advice}`, { cause: error });
  });
}

/** Null when the cache has no such file, or a damaged one. */
async function readCached(
  { files }: DatasetOptions,
  folder: string,
  file: OfficialFile,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const path = await findIdxFile(files, folder, file.stem);
  if (path === null) return null;
  try {
    return await verify(await readIdxFile(files, path, file.bytes), file, path);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return null;
    throw error;
  }
}

async function verify(
  content: Uint8Array<ArrayBuffer>,
  file: OfficialFile,
  path: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const found = await sha256(content);
  if (found === file.sha256) return content;
  throw new RangeError(
    `Cannot use ${path} as the SHA-256 of its uncompressed content must be ${file.sha256}: current value is ${found}`,
  );
}
