import { Refusal } from "../state/refusal.ts";
import { streamOf } from "./stream-of.ts";

const MAGIC = [0x1f, 0x8b];
/** Given no more at once, unpacking gives at most about a thousand times as much at once. */
const BITE = 16 * 1024;

/**
 * The content of a file that may be gzipped, told by its first two bytes, as it comes in; other bytes as they are. Whoever reads
 * it sees to how much it may be.
 *
 * @throws {Refusal} FILE_INVALID if the gzip stream is corrupt or truncated; whatever `chunks` throws.
 */
export async function* unpackGzip(
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const bites = cut(chunks)[Symbol.asyncIterator]();
  const first = await bites.next();
  if (first.done === true) return;
  const all = startingWith(first.value, bites);
  if (MAGIC.every((byte, i) => first.value[i] === byte)) yield* inflate(all);
  else yield* all;
}

/** The same bytes, at most a bite at a time, and at least two bytes in the first. */
async function* cut(chunks: AsyncIterable<Uint8Array<ArrayBuffer>>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let before: Uint8Array<ArrayBuffer> | null = new Uint8Array(0);
  for await (const chunk of chunks) {
    let bytes = chunk;
    if (before !== null) {
      bytes = Uint8Array.from([...before, ...chunk.subarray(0, 2)]);
      if (bytes.length < MAGIC.length) {
        before = bytes;
        continue;
      }
      before = null;
      yield bytes;
      bytes = chunk.subarray(2);
    }
    for (let at = 0; at < bytes.length; at += BITE) yield bytes.subarray(at, at + BITE);
  }
  if (before !== null && before.length > 0) yield before;
}

async function* startingWith<T>(first: T, rest: AsyncIterator<T>): AsyncGenerator<T> {
  try {
    yield first;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

async function* inflate(
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const content = streamOf(chunks).pipeThrough(new DecompressionStream("gzip"));
  try {
    for await (const chunk of content) yield chunk;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // What `chunks` threw.
    throw new Refusal(
      "FILE_INVALID",
      "Cannot read the file as it must be a whole gzip file: current value is corrupt or truncated",
      { cause: error },
    );
  }
}
