import { writeSafetensors } from "@gambeson/models/safetensors";
import { expect, test } from "vitest";
import { readTestImages, writeTestImages } from "./test-images-file.ts";

test("test images read back as they were, from a part of a larger set too", () => {
  const pixels = Uint8Array.of(99, 1, 2, 3, 4, 5, 6, 255, 0, 0, 0, 0, 0);
  const set = {
    images: pixels.subarray(1, 13),
    labels: Uint8Array.of(7, 8),
    count: 2,
    height: 2,
    width: 3,
  };
  expect(readTestImages(writeTestImages(set))).toEqual(set);
});

test("readTestImages() refuses a file whose images and labels do not fit", () => {
  const images = { name: "images", dtype: "U8", shape: [1, 1, 2], data: new Uint8Array(2) } as const;
  const labels = { name: "labels", dtype: "U8", shape: [2], data: new Uint8Array(2) } as const;
  expect(() => readTestImages(writeSafetensors([images, labels]))).toThrow(
    "Cannot read test images as 'labels' must be U8 [1]: current value is U8 [2]",
  );
  expect(() => readTestImages(writeSafetensors([labels]))).toThrow("'images'");
});
