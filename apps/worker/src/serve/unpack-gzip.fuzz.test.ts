import { gunzipSync, gzipSync } from "node:zlib";
import { damagedBytes } from "@gambeson/contract/testing/damaged-bytes";
import { fuzzParser } from "@gambeson/contract/testing/fuzz-parser";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Refusal } from "../state/refusal.ts";
import { atMost } from "./read-upload.ts";
import { unpackGzip } from "./unpack-gzip.ts";

const LIMIT = 50_000;
const CONTENT = Uint8Array.from({ length: 3000 }, (_, at) => (at * at) % 251);
const PLAIN = Uint8Array.from(gzipSync(CONTENT));
const STORED = Uint8Array.from(gzipSync(CONTENT.subarray(0, 500), { level: 0 }));
const NESTED = Uint8Array.from(gzipSync(PLAIN));
/** Two files of one after the other. */
const MEMBERS = Uint8Array.from([...STORED, ...STORED]);
const BOMB = Uint8Array.from(gzipSync(new Uint8Array(2_000_000)));

const files = fc.oneof(
  { weight: 8, arbitrary: damagedBytes(PLAIN, STORED, NESTED, MEMBERS) },
  { weight: 1, arbitrary: damagedBytes(BOMB) },
  fc
    .tuple(fc.constantFrom(PLAIN, STORED), fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 255 }))
    .map(([bytes, back, by]) => bytes.with(bytes.length - back, bytes.at(-back)! ^ by)),
  fc.uint8Array({ maxLength: 100 }).map((bytes) => Uint8Array.of(0x1f, 0x8b, ...bytes)),
);
/** How a file comes in: in pieces of these sizes, some of them empty. */
const sizes = fc.array(fc.oneof(fc.nat(3), fc.nat(2000)), { maxLength: 6 });

test("unpackGzip() gives what zlib gives for a malformed upload, within its limit, or refuses it", async () => {
  const { accepted, refused } = await fuzzParser(
    fc.tuple(files, sizes),
    async ([bytes, pieces]) => {
      const content: number[] = [];
      for await (const chunk of atMost(unpackGzip(inPieces(bytes, pieces)), LIMIT)) content.push(...chunk);
      expect(content.length).toBeLessThanOrEqual(LIMIT);
      const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
      expect(Uint8Array.from(content)).toEqual(isGzip ? Uint8Array.from(gunzipSync(bytes)) : bytes);
    },
    [Refusal],
  );
  expect(accepted).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(1000);
});

async function* inPieces(bytes: Uint8Array<ArrayBuffer>, pieces: readonly number[]) {
  let at = 0;
  for (const size of pieces) yield Promise.resolve(bytes.slice(at, (at += size)));
  yield bytes.slice(at);
}
