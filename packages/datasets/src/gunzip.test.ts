import { gzipSync } from "node:zlib";
import fc from "fast-check";
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

  test("never does anything but expand, or throw SyntaxError or RangeError, on damaged files", async () => {
    let refused = 0;
    const damage = fc.array(
      fc.tuple(fc.integer({ min: 2, max: zipped.length - 1 }), fc.integer({ min: 1, max: 255 })),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    await fc.assert(
      fc.asyncProperty(damage, fc.integer({ min: 2, max: zipped.length }), async (changes, end) => {
        const bytes = zipped.slice(0, end);
        for (const [at, by] of changes) if (at < end) bytes[at]! ^= by;
        try {
          const expanded = await gunzip(bytes, options);
          expect(expanded.length).toBeLessThanOrEqual(options.limit);
        } catch (error) {
          expect(error instanceof SyntaxError || error instanceof RangeError).toBe(true);
          refused++;
        }
      }),
      { numRuns: 300 },
    );
    expect(refused).toBeGreaterThan(200);
  });
});
