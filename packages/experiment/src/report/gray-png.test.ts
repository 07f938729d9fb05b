import { inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { grayPng, pngDataUri } from "./gray-png.ts";

// Pillow 13.0.0 opens these bytes as mode L, 3 x 2, pixels 0 255 128 / 7 9 200.
const READ_BY_PILLOW =
  "89504e470d0a1a0a0000000d4948445200000003000000020800000000b81f39c6000000134944415478010108" +
  "00f7ff0000ff80000709c8097102581272c3750000000049454e44ae426082";

describe("grayPng()", () => {
  test("writes what Pillow reads", () => {
    const png = grayPng(Uint8Array.of(0, 255, 128, 7, 9, 200), 3, 2);
    expect(Array.from(png, (byte) => byte.toString(16).padStart(2, "0")).join("")).toBe(READ_BY_PILLOW);
  });

  test("stores a picture larger than one block of deflate", () => {
    const [width, height] = [300, 300];
    const pixels = Uint8Array.from({ length: width * height }, (_, i) => i % 251);
    const png = grayPng(pixels, width, height);
    const length = new DataView(png.buffer).getUint32(33);
    const rows = inflateSync(png.subarray(41, 41 + length)); // checks Adler-32 too
    expect(rows).toHaveLength((width + 1) * height);
    for (let y = 0; y < height; y += 99) {
      const row = Array.from(rows.subarray(y * (width + 1), (y + 1) * (width + 1)));
      expect(row).toEqual([0, ...pixels.subarray(y * width, (y + 1) * width)]);
    }
  });

  test("refuses pixels that do not fill the picture", () => {
    expect(() => grayPng(new Uint8Array(5), 3, 2)).toThrow(RangeError);
    expect(() => grayPng(new Uint8Array(0), 0, 0)).toThrow(RangeError);
  });
});

test("pngDataUri() is base64", () => {
  expect(pngDataUri(Uint8Array.of(0x89, 0x50, 0x4e, 0x47))).toBe("data:image/png;base64,iVBORw==");
});
