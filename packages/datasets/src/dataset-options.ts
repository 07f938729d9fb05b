import type { DatasetFiles } from "./dataset-files.ts";
import type { DatasetUnavailableError } from "./dataset-unavailable-error.ts";
import type { DownloadHost } from "./download-host.ts";

/** Where a data set may be looked for, and how. */
export interface DatasetOptions extends Omit<DownloadHost, "fetch"> {
  readonly files: DatasetFiles;
  /** The user's folder with fashion-mnist/ and mnist/ in it; only read. Null when there is none. */
  readonly dataDir: string | null;
  /** The same for downloads; written. Null when nothing may be written. */
  readonly cacheDir: string | null;
  /** Null when nothing may be downloaded. */
  readonly fetch: DownloadHost["fetch"] | null;
  /** Told why Fashion-MNIST could not be had, when "auto" draws a data set instead. */
  readonly onFallback?: ((reason: DatasetUnavailableError) => void) | undefined;
}
