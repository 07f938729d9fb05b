/** What `gunzip` needs to know of a file. */
export interface GunzipOptions {
  /** What errors call the file. */
  readonly name: string;
  /** Most bytes the content may have, so that a small file cannot fill the memory. */
  readonly limit: number;
}

/**
 * The content of a file that may be gzipped, told by the gzip magic 0x1f 0x8b; other bytes are returned as they are.
 *
 * @throws {SyntaxError} If the gzip stream is corrupt or truncated.
 * @throws {RangeError} If the content has more than `limit` bytes; no more than that is ever expanded.
 */
export async function gunzip(
  bytes: Uint8Array<ArrayBuffer>,
  options: GunzipOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) {
    if (bytes.length > options.limit) throw tooLong(options);
    return bytes;
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  for (;;) {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      throw corrupt(options.name, cause);
    });
    if (done) break;
    length += value.length;
    if (length > options.limit) {
      await reader.cancel().catch(() => undefined);
      throw tooLong(options);
    }
    chunks.push(value);
  }
  return join(chunks, length);
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    joined.set(chunk, offset);
    offset += chunk.length;
  }
  return joined;
}

function tooLong({ name, limit }: GunzipOptions): RangeError {
  return new RangeError(
    `Cannot read ${name} as its uncompressed content must be at most ${limit} bytes: current value is more`,
  );
}

function corrupt(name: string, cause: unknown): SyntaxError {
  return new SyntaxError(
    `Cannot read ${name} as it must be a whole gzip file: current value is corrupt or truncated`,
    {
      cause,
    },
  );
}
