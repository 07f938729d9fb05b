import type { DatasetFiles } from "./dataset-files.ts";

/** How far a download is. */
export interface DownloadProgress {
  /** For example "train-images-idx3-ubyte.gz". */
  readonly file: string;
  readonly receivedBytes: number;
  /** Null when the server does not say. */
  readonly totalBytes: number | null;
}

/** What a download needs from its surroundings. */
export interface DownloadHost {
  readonly files: DatasetFiles;
  readonly fetch: (address: string, init: RequestInit) => Promise<Response>;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /** Told each host that is about to be asked, for example "storage.googleapis.com". */
  readonly onAsk?: ((host: string) => void) | undefined;
  /** A host whose answer has not begun by then is given up. Default 6 seconds. */
  readonly answerTimeoutMs?: number | undefined;
  /** A connection that then brings nothing for so long is given up. Default 20 seconds. */
  readonly stallTimeoutMs?: number | undefined;
}
