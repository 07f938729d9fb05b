export type { DatasetFiles } from "./dataset-files.ts";
export type { DatasetOptions } from "./dataset-options.ts";
export { DatasetUnavailableError } from "./dataset-unavailable-error.ts";
export { summariseDataset, type Dataset, type DatasetSplit } from "./dataset.ts";
export {
  DATASETS,
  DOWNLOAD_HOSTS,
  GARMENT_NAMES,
  type DrawnDataset,
  type OfficialDataset,
  type OfficialFile,
} from "./datasets.ts";
export type { DownloadHost, DownloadProgress } from "./download-host.ts";
export { firstImages, type ImageSet } from "./image-set.ts";
export { isFolderPath, loadDataset } from "./load-dataset.ts";
export { loadIdxFolder } from "./load-idx-folder.ts";
export { locateDataset, type DatasetLocation } from "./locate-dataset.ts";
export {
  parseIdxImages,
  parseIdxLabels,
  readIdxLayout,
  type IdxImages,
  type IdxLayout,
} from "./parse-idx.ts";
export { drawGarments } from "./synthetic/draw-garments.ts";
export {
  drawSyntheticGarments,
  SYNTHETIC_DEFAULTS,
  type SyntheticOptions,
} from "./synthetic/draw-synthetic-garments.ts";
export { sha256 } from "./sha256.ts";
