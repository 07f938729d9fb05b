import { damagedBytes } from "@gambeson/contract/testing/damaged-bytes";
import { fuzzParser } from "@gambeson/contract/testing/fuzz-parser";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseIdxImages, parseIdxLabels, readIdxLayout } from "./parse-idx.ts";
import { imageBytes, labelBytes } from "./testing/idx-bytes.ts";

const IMAGES = imageBytes(
  [3, 4, 5],
  Array.from({ length: 60 }, (_, at) => at),
);
const LABELS = labelBytes([0, 9, 255, 3]);

const word = fc.oneof(
  fc.integer({ min: 0, max: 5 }),
  fc.constantFrom(28, 4096, 4097, 0x7fff_ffff, 0xffff_ffff),
  fc.nat(),
);
/** A header of any numbers, and some data or fewer. */
const almostImages = fc
  .tuple(
    fc.constantFrom(0x803, 0x801, 0x1f8b_0800),
    ...[word, word, word],
    fc.array(fc.nat(255), { maxLength: 60 }),
    fc.nat(80),
  )
  .map(([magic, count, height, width, pixels, end]) =>
    imageBytes([count, height, width], pixels, magic).subarray(0, end),
  );
const almostLabels = fc
  .tuple(word, fc.array(fc.nat(255), { maxLength: 12 }))
  .map(([count, labels]) => labelBytes(labels, count));

const files = fc.oneof(
  { weight: 4, arbitrary: damagedBytes(IMAGES, LABELS) },
  almostImages,
  almostLabels,
  fc.uint8Array({ maxLength: 64 }).map((bytes) => Uint8Array.from(bytes)),
);

test("parseIdxImages() and readIdxLayout() read what a malformed file's header says, or refuse it alike", async () => {
  const { accepted, refused } = await fuzzParser(
    files,
    (bytes) => {
      const layout = outcome(() => readIdxLayout(bytes.subarray(0, 16), bytes.length, "file"));
      const isLabels = startsWith(bytes, 0x801);
      if (!isLabels) expect(outcome(() => [...sizesOf(bytes)])).toEqual(sizesIn(layout));
      const { count, height, width, images } = parseIdxImages(bytes, "file");
      expect(Math.min(count, height, width)).toBeGreaterThan(0);
      expect(Math.max(height, width)).toBeLessThan(4097);
      expect(images).toEqual(bytes.subarray(16));
      expect(images.length).toBe(count * height * width);
    },
    [SyntaxError, RangeError],
  );
  expect(accepted).toBeGreaterThan(10);
  expect(refused).toBeGreaterThan(1000);
});

test("parseIdxLabels() and readIdxLayout() read what a malformed file's header says, or refuse it alike", async () => {
  const { accepted, refused } = await fuzzParser(
    files,
    (bytes) => {
      const layout = outcome(() => readIdxLayout(bytes.subarray(0, 16), bytes.length, "file"));
      if (startsWith(bytes, 0x801))
        expect(outcome(() => [parseIdxLabels(bytes, "file").length])).toEqual(sizesIn(layout));
      const labels = parseIdxLabels(bytes, "file");
      expect(labels.length).toBeGreaterThan(0);
      expect(labels).toEqual(bytes.subarray(8));
      expect(new DataView(bytes.buffer, bytes.byteOffset).getUint32(4)).toBe(labels.length);
    },
    [SyntaxError, RangeError],
  );
  expect(accepted).toBeGreaterThan(10);
  expect(refused).toBeGreaterThan(1000);
});

function startsWith(bytes: Uint8Array, magic: number): boolean {
  return bytes.length >= 4 && new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) === magic;
}

function sizesOf(bytes: Uint8Array<ArrayBuffer>): readonly number[] {
  const { count, height, width } = parseIdxImages(bytes, "file");
  return [count, height, width];
}

/** What is given, or the message it fails with. */
function outcome<T>(give: () => T): T | string {
  try {
    return give();
  } catch (error) {
    return String(error);
  }
}

function sizesIn(layout: { readonly sizes: readonly number[] } | string): readonly number[] | string {
  return typeof layout === "string" ? layout : [...layout.sizes];
}
