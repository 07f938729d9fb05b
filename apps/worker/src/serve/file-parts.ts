/** Bytes a read from a large file asks for. */
const CHUNK = 256 * 1024;

/**
 * Bytes [from, to) of a file, in chunks; ends early where the file does. Each chunk is the reader's own.
 *
 * @throws {Deno.errors.NotFound} If there is no such file.
 */
export async function* fileChunks(
  path: string,
  from = 0,
  to = Infinity,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  using file = await Deno.open(path, { read: true });
  if (from > 0) await file.seek(from, Deno.SeekMode.Start);
  for (let at = from; at < to;) {
    const chunk = new Uint8Array(Math.min(CHUNK, to - at));
    const length = await file.read(chunk);
    if (length === null) return;
    at += length;
    yield chunk.subarray(0, length);
  }
}

/** Bytes [from, to) of a file at once; fewer where it ends before. */
export async function readPart(path: string, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
  using file = await Deno.open(path, { read: true });
  if (from > 0) await file.seek(from, Deno.SeekMode.Start);
  const bytes = new Uint8Array(to - from);
  let filled = 0;
  while (filled < bytes.length) {
    const length = await file.read(bytes.subarray(filled));
    if (length === null) return bytes.subarray(0, filled);
    filled += length;
  }
  return bytes;
}
