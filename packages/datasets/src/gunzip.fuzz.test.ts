import { gunzipSync, gzipSync } from "node:zlib";
import { damagedBytes } from "@gambeson/contract/testing/damaged-bytes";
import { fuzzParser } from "@gambeson/contract/testing/fuzz-parser";
import fc from "fast-check";
import { expect, test } from "vitest";
import { gunzip } from "./gunzip.ts";
import { concat } from "./testing/memory-files.ts";

const LIMIT = 4000;
const CONTENT = Uint8Array.from({ length: 3000 }, (_, at) => (at * at) % 251);
const PLAIN = Uint8Array.from(gzipSync(CONTENT));
const STORED = Uint8Array.from(gzipSync(CONTENT.subarray(0, 500), { level: 0 }));
/** With a file's name in its header, as the program gzip writes it: flag 8, text up to a zero. */
const NAMED = concat(
  PLAIN.with(3, 8).subarray(0, 10),
  new TextEncoder().encode("train.idx\0"),
  PLAIN.subarray(10),
);
/** A thousand times as much as it has bytes. */
const BOMB = Uint8Array.from(gzipSync(new Uint8Array(5_000_000)));
const SMALL = Uint8Array.from(gzipSync(Uint8Array.of(1, 2, 3)));
const MEMBERS = concat(SMALL, SMALL);
const NESTED = Uint8Array.from(gzipSync(PLAIN));
const EMPTY = Uint8Array.from(gzipSync(new Uint8Array(0)));

const files = fc.oneof(
  { weight: 8, arbitrary: damagedBytes(PLAIN, STORED, NAMED, SMALL, MEMBERS, NESTED, EMPTY) },
  { weight: 1, arbitrary: damagedBytes(BOMB) },
  // Checksum and length at the end, each bit of which counts.
  fc
    .tuple(
      fc.constantFrom(PLAIN, STORED, SMALL),
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 1, max: 255 }),
    )
    .map(([bytes, back, by]) => bytes.with(bytes.length - back, bytes.at(-back)! ^ by)),
  fc.uint8Array({ maxLength: 100 }).map((bytes) => concat(Uint8Array.of(0x1f, 0x8b), bytes)),
);

test("gunzip() gives what zlib gives for a malformed file, within its limit, or refuses it", async () => {
  const { accepted, refused } = await fuzzParser(
    files,
    async (bytes) => {
      const content = await gunzip(bytes, { name: "file.gz", limit: LIMIT });
      expect(content.length).toBeLessThanOrEqual(LIMIT);
      const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
      expect(content).toEqual(isGzip ? Uint8Array.from(gunzipSync(bytes)) : bytes);
    },
    [SyntaxError, RangeError],
  );
  expect(accepted).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(1000);
});

test("gunzip() refuses every file whose end does not tell its content", async () => {
  for (const sound of [PLAIN, STORED, NAMED, SMALL])
    for (let back = 1; back <= 8; back++)
      await expect(
        gunzip(sound.with(sound.length - back, sound.at(-back)! ^ 1), { name: "file.gz", limit: LIMIT }),
      ).rejects.toThrow(SyntaxError);
});
