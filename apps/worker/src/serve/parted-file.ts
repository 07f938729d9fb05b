/** A file, of which parts can be read. */
export interface PartedFile {
  readonly size: number;
  /** @returns Bytes [from, to). */
  read(from: number, to: number): Promise<Uint8Array<ArrayBuffer>>;
}
