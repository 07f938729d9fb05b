import type { PartedFile } from "./parted-file.ts";

/** Artefacts as the server reads them: parts of large files, and only such as are whole. */
export interface ArtefactFiles {
  /** @returns The file's size in bytes; null when it is missing or no longer matches its hash (looked at once a process and change). */
  size(sha256: string): Promise<number | null>;
  /** The same. @throws {Refusal} ARTEFACT_MISSING in null's place. */
  requireWhole(sha256: string): Promise<number>;
  /** @returns Bytes [from, to). @throws {Refusal} ARTEFACT_MISSING if it is missing or damaged. */
  read(sha256: string, from?: number, to?: number): Promise<Uint8Array<ArrayBuffer>>;
  /** As `read`, as a stream, for large parts. Nothing is opened before it is read from. */
  stream(sha256: string, from?: number, to?: number): Promise<ReadableStream<Uint8Array<ArrayBuffer>>>;
  /** Keeps bytes under their SHA-256, fsynced. @throws {Refusal} STORAGE_FULL. */
  keep(bytes: Uint8Array<ArrayBuffer>): Promise<string>;
  /**
   * Takes a file from a client as it comes in, and keeps it under its SHA-256, fsynced, if `check` lets it: whatever goes wrong,
   * nothing is left of it. One that is there already is as if it were new: `gc` spares it as long.
   *
   * @param check Looks at the file before it is kept, and throws where it may not be.
   * @throws {Refusal} STORAGE_FULL; whatever `chunks` and `check` throw.
   */
  receive<T>(
    chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
    check: (file: PartedFile) => Promise<T>,
  ): Promise<KeptFile<T>>;
}

export interface KeptFile<T> {
  readonly sha256: string;
  readonly size: number;
  /** What `check` found. */
  readonly found: T;
}
