import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { loadDataset, type Dataset, type DatasetFiles } from "@gambeson/datasets";

/**
 * Fashion-MNIST from the data folder or from where the command line keeps downloads; else images drawn by code, with a warning.
 *
 * @param dataDir Holds fashion-mnist/; null for none.
 * @param cacheDir The command line's cache folder; null for none.
 */
export async function benchDataset(dataDir: string | null, cacheDir: string | null): Promise<Dataset> {
  return await loadDataset("auto", {
    files: readOnlyFiles,
    dataDir: dataDir === null ? null : resolve(dataDir),
    cacheDir: cacheDir === null ? null : resolve(cacheDir, "data"),
    fetch: null,
  });
}

const readOnlyFiles: DatasetFiles = {
  read: (path) => orNull(async () => Uint8Array.from(await readFile(path))),
  size: (path) => orNull(async () => (await stat(path)).size),
  append: refuse,
  rename: refuse,
  remove: refuse,
};

/** Nothing is written without a download. */
function refuse(path: string): Promise<never> {
  return Promise.reject(new Error(`Cannot write ${path} as the bench only reads data sets`));
}

async function orNull<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    const code = (error as { readonly code?: string }).code;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw error;
  }
}
