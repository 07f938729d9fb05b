import { expect, test } from "vitest";
import { firstImages } from "./image-set.ts";

const set = {
  images: Uint8Array.of(1, 2, 3, 4, 5, 6),
  labels: Uint8Array.of(0, 1, 0),
  count: 3,
  height: 1,
  width: 2,
  imagesSha256: "of the whole file",
};

test("firstImages() takes a prefix, shares its bytes and keeps the whole file's checksum", () => {
  const first = firstImages(set, 2);
  expect([...first.images]).toEqual([1, 2, 3, 4]);
  expect([...first.labels]).toEqual([0, 1]);
  expect(first.count).toBe(2);
  expect(first.images.buffer).toBe(set.images.buffer);
  expect(first.imagesSha256).toBe("of the whole file");
});

test("firstImages() gives all for null and for a count beyond the set", () => {
  expect(firstImages(set, null)).toBe(set);
  expect(firstImages(set, 4)).toBe(set);
});

test.each([0, -1, 1.5, NaN])("firstImages() refuses a count of %s", (count) => {
  expect(() => firstImages(set, count)).toThrow(RangeError);
});
