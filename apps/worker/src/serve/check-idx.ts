import { readIdxLayout, type IdxLayout } from "@gambeson/datasets";
import { refuseFile } from "./refuse-file.ts";
import type { PartedFile } from "./parted-file.ts";

/** Bytes of the longer of the two headers. */
const HEAD = 16;

/**
 * Makes sure that a file is IDX, by its header and size: its data may be any bytes.
 *
 * @param name What errors call the file.
 * @throws {Refusal} FILE_INVALID.
 */
export function checkIdx(file: PartedFile, name: string): Promise<IdxLayout> {
  return refuseFile(async () =>
    readIdxLayout(await file.read(0, Math.min(HEAD, file.size)), file.size, name),
  );
}
