import { damagedBytes } from "@gambeson/contract/testing/damaged-bytes";
import { fuzzParser } from "@gambeson/contract/testing/fuzz-parser";
import { parseIdxImages, parseIdxLabels } from "@gambeson/datasets";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Refusal } from "../state/refusal.ts";
import { idx } from "../testing/tiny-experiment.ts";
import { checkIdx } from "./check-idx.ts";

const IMAGES = idx(3, [3, 4, 5], new Uint8Array(60));
const LABELS = idx(1, [5], Uint8Array.of(0, 9, 255, 3, 3));
const files = fc.oneof(
  damagedBytes(IMAGES, LABELS),
  fc
    .tuple(fc.constantFrom(1, 3), fc.array(fc.nat(4), { minLength: 1, maxLength: 3 }), fc.nat(70))
    .map(([rank, sizes, length]) => Uint8Array.from(idx(rank, sizes, new Uint8Array(length)))),
);

test("checkIdx() says of a malformed file what its parser reads, or refuses it", async () => {
  const { accepted, refused } = await fuzzParser(
    files,
    async (bytes) => {
      const read = (from: number, to: number) => Promise.resolve(bytes.slice(from, to));
      const found = await checkIdx({ size: bytes.length, read }, "the file");
      if (found.holds === "labels") {
        expect([parseIdxLabels(bytes, "file").length]).toEqual(found.sizes);
      } else {
        const { count, height, width } = parseIdxImages(bytes, "file");
        expect([count, height, width]).toEqual(found.sizes);
      }
    },
    [Refusal],
  );
  expect(accepted).toBeGreaterThan(10);
  expect(refused).toBeGreaterThan(1000);
});
