/**
 * The little of a file system that data sets need, so that the same code serves a terminal, a test and a page. Paths are
 * strings with "/" between their parts. Every failure but a missing file (a full disk, a denied access) is thrown as it is.
 */
export interface DatasetFiles {
  /** The whole file, or null when there is no file of that path. Owned by the caller. */
  read(path: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Size in bytes, or null when there is no file of that path. */
  size(path: string): Promise<number | null>;
  /** Adds to the end of a file; makes the file, and the folders above it, where they are missing. */
  append(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Gives a file another name in one step, in place of the file that had it. */
  rename(from: string, to: string): Promise<void>;
  /** Removes a file; a missing one is no error. */
  remove(path: string): Promise<void>;
}
