import {
  DATASETS,
  loadDataset,
  loadIdxFolder,
  locateDataset,
  type Dataset,
  type DatasetFiles,
} from "@gambeson/datasets";
import type { Store } from "@gambeson/experiment";
import { datasetFiles } from "../disk/dataset-files.ts";
import type { FoundDataset, Library } from "../state/state.ts";

/** The data sets as a worker has them: from folders and uploads, never from the network. */
export interface WorkerDatasets {
  /** Loads one; the last one is kept for the next task. */
  load(name: string): Promise<Dataset>;
  /** Looks which there are, by the names of their files alone. */
  look(): Promise<readonly FoundDataset[]>;
}

export interface DatasetPlaces {
  readonly dataDir: string | null;
  readonly downloads: string;
}

export function createWorkerDatasets(
  { dataDir, downloads }: DatasetPlaces,
  store: Pick<Store, "artefact">,
  library: Pick<Library, "uploadedDatasets">,
): WorkerDatasets {
  const options = { files: datasetFiles, dataDir, cacheDir: downloads, fetch: null };
  let last: Dataset | null = null;

  async function loadUploaded(name: string): Promise<Dataset> {
    const entry = library.uploadedDatasets().find((uploaded) => uploaded.name === name);
    if (entry === undefined) {
      throw new RangeError(`Cannot load ${name} as it must be an uploaded data set: current value is none`);
    }
    const dataset = await loadIdxFolder(name, uploadedFiles(name, entry.parts, store));
    return { ...dataset, title: entry.title };
  }

  return {
    load: async (name) => {
      const isKept = last?.name === name || (name === "auto" && last?.name === "fashion-mnist");
      if (last !== null && isKept) return last;
      last = null; // Not two at once in memory.
      const dataset = name.startsWith("upload-")
        ? await loadUploaded(name)
        : await loadDataset(name, options);
      // Why it stands in for another is the run's to remember, not the images'.
      last = { ...dataset, warning: null };
      return dataset;
    },
    look: () =>
      Promise.all(
        Object.keys(DATASETS).map(async (name): Promise<FoundDataset> => {
          const location = await locateDataset(name as keyof typeof DATASETS, options);
          switch (location.kind) {
            case "drawn":
              return { name, available: true, note: "Drawn by code; needs no files" };
            case "found":
              return { name, available: true, note: "Here" };
            case "unusable":
              return { name, available: false, note: location.reason };
            case "download":
            case "unavailable":
              return {
                name,
                available: false,
                note: `Not here; get it with: npm run gambeson -- datasets fetch ${name}`,
              };
          }
        }),
      ),
  };
}

/** Its artefacts under the names that a folder of IDX files has. */
function uploadedFiles(
  folder: string,
  parts: Readonly<Record<string, string>>,
  store: Pick<Store, "artefact">,
): DatasetFiles {
  const stems = {
    "train-images-idx3-ubyte": "train-images",
    "train-labels-idx1-ubyte": "train-labels",
    "t10k-images-idx3-ubyte": "test-images",
    "t10k-labels-idx1-ubyte": "test-labels",
  };
  const hashes = new Map(Object.entries(stems).map(([stem, part]) => [`${folder}/${stem}`, parts[part]]));
  const read = async (path: string) => {
    const hash = hashes.get(path);
    return hash === undefined ? null : store.artefact(hash);
  };
  const refuse = () =>
    Promise.reject(
      new TypeError("Cannot write an upload as it must stay as it is: current value is a write"),
    );
  return {
    read,
    size: async (path) => (await read(path))?.length ?? null,
    append: refuse,
    rename: refuse,
    remove: refuse,
  };
}
