import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { gunzip } from "./gunzip.ts";

const content = Uint8Array.from({ length: 5000 }, (_, index) => (index * index) % 251);
const zipped = Uint8Array.from(gzipSync(content));
const options = { name: "data/file.gz", limit: 5000 };

describe("gunzip()", () => {
  test("expands what zlib's gzip made", async () => {
    expect(await gunzip(zipped, options)).toEqual(content);
  });

  test("returns bytes without the gzip magic as they are", async () => {
    expect(await gunzip(content, options)).toBe(content);
  });

  test.each([
    ["truncated in the middle", zipped.slice(0, zipped.length >> 1)],
    ["without its last byte", zipped.slice(0, -1)],
    ["of two bytes", zipped.slice(0, 2)],
    ["with a wrong checksum", zipped.with(zipped.length - 8, zipped.at(-8)! ^ 1)],
    ["with a flipped byte in the middle", zipped.with(40, zipped[40]! ^ 0xff)],
  ])("refuses a gzip file %s with one line that names it", async (_, bytes) => {
    const failure = gunzip(bytes, { ...options, limit: 1e6 });
    await expect(failure).rejects.toThrow(SyntaxError);
    await expect(failure).rejects.toThrow(/^Cannot read data\/file\.gz as [^\n]+$/);
  });

  test("refuses to expand a gzip bomb beyond the limit", async () => {
    const bomb = Uint8Array.from(gzipSync(new Uint8Array(50_000_000)));
    expect(bomb.length).toBeLessThan(100_000);
    await expect(gunzip(bomb, { ...options, limit: 1_000_000 })).rejects.toThrow(
      new RangeError(
        "Cannot read data/file.gz as its uncompressed content must be at most 1000000 bytes: current value is more",
      ),
    );
  });

  test("refuses plain bytes over the limit", async () => {
    await expect(gunzip(content, { ...options, limit: 4999 })).rejects.toThrow(RangeError);
  });
});
