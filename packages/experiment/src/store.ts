/**
 * Where finished work is kept, so that what is done is never done again. Artefacts are bytes under their own SHA-256;
 * the ledger says which artefacts a finished task gave; a checkpoint is how far an unfinished one has come.
 *
 * Every write is all or nothing: after a crash a name holds the whole new bytes or the whole old ones.
 */
export interface Store {
  /** @returns The bytes stored under `sha256`. @throws {Error} If they are missing or no longer match their hash. */
  artefact(sha256: string): Promise<Uint8Array<ArrayBuffer>>;
  /** @returns The hash under which `bytes` are now stored. */
  keepArtefact(bytes: Uint8Array<ArrayBuffer>): Promise<string>;
  /** @returns What the task with this key gave; null when it has not finished or an artefact of it is gone. */
  finished(key: string): Promise<TaskRecord | null>;
  /** Records a finished task and drops its checkpoint. Its artefacts must be kept first. */
  finish(record: TaskRecord): Promise<void>;
  checkpoint(key: string): Promise<Uint8Array<ArrayBuffer> | null>;
  keepCheckpoint(key: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
}

/** What a finished task gave. */
export interface TaskRecord {
  /** SHA-256 of the task's kind, options, inputs and the code and backend that ran it. */
  readonly key: string;
  readonly id: string;
  readonly kind: string;
  /** Name of each output -> SHA-256 of its bytes. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly seconds: number;
}
