import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unpackGzip } from "./unpack-gzip.ts";

async function* chunksOf(bytes: Uint8Array, sizes: readonly number[]) {
  let at = 0;
  for (const size of sizes) yield Promise.resolve(new Uint8Array(bytes.subarray(at, (at += size))));
  yield new Uint8Array(bytes.subarray(at));
}

async function unpacked(chunks: AsyncIterable<Uint8Array<ArrayBuffer>>): Promise<number[]> {
  const all: number[] = [];
  for await (const chunk of unpackGzip(chunks)) all.push(...chunk);
  return all;
}

describe("unpackGzip()", () => {
  test("gives the content, however it is cut up, gzipped or not", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), fc.array(fc.nat(8)), async (content, sizes) => {
        expect(await unpacked(chunksOf(gzipSync(content), sizes))).toEqual([...content]);
        if (content[0] !== 0x1f) expect(await unpacked(chunksOf(content, sizes))).toEqual([...content]);
      }),
      { numRuns: 50 },
    );
  });

  test("refuses what is gzip no longer, wherever it is cut off", async () => {
    const whole = gzipSync(Uint8Array.from({ length: 50 }, (_, i) => i * i));
    for (let length = 2; length < whole.length; length++) {
      await expect(unpacked(chunksOf(whole.subarray(0, length), [7]))).rejects.toMatchObject({
        code: "FILE_INVALID",
      });
    }
  });

  test("never gives much at once of a bomb that came in one piece", async () => {
    const bomb = chunksOf(gzipSync(new Uint8Array(50_000_000)), []);
    let largest = 0;
    for await (const chunk of unpackGzip(bomb)) largest = Math.max(largest, chunk.length);
    expect(largest).toBeLessThan(20_000_000);
  });

  test("passes the source's own failure on, and ends the source when it is left", async () => {
    let ended = false;
    async function* source() {
      try {
        yield Promise.resolve(new Uint8Array(gzipSync(new Uint8Array(100_000))));
        throw new RangeError("enough");
      } finally {
        ended = true;
      }
    }
    await expect(unpacked(source())).rejects.toThrow("enough");
    expect(ended).toBe(true);
    ended = false;
    for await (const chunk of unpackGzip(source())) if (chunk.length > 0) break;
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(ended).toBe(true);
  });
});
