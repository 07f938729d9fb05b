import { createHash } from "node:crypto";
import type { FileWriter } from "../disk/durable-file.ts";

/** Writes a new file as its bytes come in, waits until the disk has it, and says what it is. */
export async function writeStream(
  path: string,
  chunks: AsyncIterable<Uint8Array>,
  disk: FileWriter,
): Promise<{ readonly sha256: string; readonly size: number }> {
  using file = await disk.open(path, { write: true, createNew: true });
  const digest = createHash("sha256");
  let size = 0;
  for await (const chunk of chunks) {
    digest.update(chunk);
    size += chunk.length;
    for (let written = 0; written < chunk.length;) written += await file.write(chunk.subarray(written));
  }
  await file.sync();
  return { sha256: digest.digest("hex"), size };
}
