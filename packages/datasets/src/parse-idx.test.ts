import { describe, expect, test } from "vitest";
import { pairImages } from "./pair-images.ts";
import { parseIdxImages, parseIdxLabels, readIdxLayout } from "./parse-idx.ts";
import { imageBytes, labelBytes } from "./testing/idx-bytes.ts";
import { concat } from "./testing/memory-files.ts";

describe("parseIdxImages()", () => {
  test("reads count, height, width and pixels in this order", () => {
    const parsed = parseIdxImages(imageBytes([2, 1, 3], [1, 2, 3, 4, 5, 255]), "file");
    expect(parsed).toEqual({ count: 2, height: 1, width: 3, images: Uint8Array.of(1, 2, 3, 4, 5, 255) });
  });

  test("reads from the middle of a buffer", () => {
    const whole = concat(Uint8Array.of(9, 9, 9), imageBytes([1, 1, 1], [7]));
    expect([...parseIdxImages(whole.subarray(3), "file").images]).toEqual([7]);
  });

  test.each([
    [
      "labels' magic",
      labelBytes([1, 2, 3, 4, 5, 6, 7, 8, 9]),
      SyntaxError,
      /0x00000803 \(IDX, images\): current value is 0x00000801$/,
    ],
    ["int32 pixels", imageBytes([1, 1, 1], [1], 0x00000c03), SyntaxError, /0x00000c03$/],
    ["no bytes", new Uint8Array(), SyntaxError, /must have 16 bytes: current value is 0$/],
    ["half a header", imageBytes([1, 1, 1], []).subarray(0, 15), SyntaxError, /current value is 15$/],
    [
      "a missing pixel",
      imageBytes([2, 1, 2], [1, 2, 3]),
      SyntaxError,
      /truncated.*must have 20 bytes: current value is 19$/,
    ],
    [
      "a pixel more",
      imageBytes([1, 1, 2], [1, 2, 3]),
      SyntaxError,
      /trailing bytes.*must have 18 bytes: current value is 19$/,
    ],
    ["no images", imageBytes([0, 28, 28], []), RangeError, /count must be at least 1/],
    ["no height", imageBytes([1, 0, 1], []), RangeError, /height must be 1 to 4096: current value is 0$/],
    ["no width", imageBytes([1, 1, 0], []), RangeError, /width must be 1 to 4096: current value is 0$/],
    ["a huge height", imageBytes([1, 4097, 1], [0]), RangeError, /height.*4097$/],
    ["a huge count", imageBytes([0xffffffff, 4096, 4096], [0]), SyntaxError, /truncated/],
  ])("refuses %s", (_, bytes, kind, message) => {
    expect(() => parseIdxImages(bytes, "file")).toThrow(kind);
    expect(() => parseIdxImages(bytes, "file")).toThrow(message);
    expect(() => parseIdxImages(bytes, "file")).toThrow(/^Cannot read file as [^\n]+$/);
  });
});

describe("parseIdxLabels()", () => {
  test("reads the labels", () => {
    expect([...parseIdxLabels(labelBytes([3, 0, 255]), "file")]).toEqual([3, 0, 255]);
  });

  test.each([
    ["images' magic", imageBytes([1, 1, 1], [1]), SyntaxError],
    ["half a header", labelBytes([]).subarray(0, 7), SyntaxError],
    ["a missing label", labelBytes([1, 2], 3), SyntaxError],
    ["a label more", labelBytes([1, 2], 1), SyntaxError],
    ["no labels", labelBytes([]), RangeError],
  ])("refuses %s", (_, bytes, kind) => {
    expect(() => parseIdxLabels(bytes, "file")).toThrow(kind);
  });
});

test("pairImages() refuses a label beyond the classes and says where it is", () => {
  const images = parseIdxImages(imageBytes([3, 1, 1], [1, 2, 3]), "file");
  expect(() => pairImages(images, Uint8Array.of(0, 9, 10), 10, "test images")).toThrow(
    new RangeError(
      "Cannot use the test images as every label must be 0 to 9: current value is 10 at position 2",
    ),
  );
  expect([...pairImages(images, Uint8Array.of(0, 9, 9), 10, "test images").labels]).toEqual([0, 9, 9]);
});

test.each([[[0, 1]], [[0, 1, 2, 3]]])("pairImages() refuses labels %j for 3 images", (labels) => {
  const images = parseIdxImages(imageBytes([3, 1, 1], [1, 2, 3]), "file");
  expect(() => pairImages(images, Uint8Array.from(labels), 10, "test images")).toThrow(
    `one label an image: current value is 3 images, ${labels.length} labels`,
  );
});

describe("readIdxLayout()", () => {
  const images = imageBytes([2, 1, 3], [1, 2, 3, 4, 5, 255]);
  const labels = labelBytes([3, 0, 255]);

  test("tells images and labels, and their sizes, from the first bytes", () => {
    expect(readIdxLayout(images.subarray(0, 16), 22, "file")).toEqual({ holds: "images", sizes: [2, 1, 3] });
    expect(readIdxLayout(labels.subarray(0, 16), 11, "file")).toEqual({ holds: "labels", sizes: [3] });
    expect(readIdxLayout(concat(Uint8Array.of(9), labels).subarray(1), 11, "file").holds).toBe("labels");
  });

  test.each([
    ["a missing pixel", images, 21, /truncated.*must have 22 bytes: current value is 21$/],
    ["a label more", labels, 12, /trailing bytes.*must have 11 bytes: current value is 12$/],
    ["another magic", imageBytes([1, 1, 1], [1], 0x00000c03), 17, /0x00000c03$/],
    ["no bytes", new Uint8Array(), 0, /must have 16 bytes: current value is 0$/],
    ["half a header of labels", labels.subarray(0, 7), 7, /must have 8 bytes: current value is 7$/],
    ["a huge height", imageBytes([1, 4097, 1], []), 4113, /height.*4097$/],
    ["no label", labelBytes([]), 8, /count must be at least 1/],
  ])("refuses %s", (_, head, size, message) => {
    expect(() => readIdxLayout(head, size, "file")).toThrow(message);
  });
});
