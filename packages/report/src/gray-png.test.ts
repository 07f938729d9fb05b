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

  test("magnifies each pixel to a square, by hand", () => {
    const png = grayPng(Uint8Array.of(1, 2, 3, 4, 5, 6), 3, 2, { scale: 2 });
    expect(decoded(png)).toEqual({
      width: 6,
      height: 4,
      pixels: [...[1, 1, 2, 2, 3, 3], ...[1, 1, 2, 2, 3, 3], ...[4, 4, 5, 5, 6, 6], ...[4, 4, 5, 5, 6, 6]],
    });
  });

  test("magnifies beyond a block of deflate", () => {
    const pixels = Uint8Array.from({ length: 784 }, (_, i) => i % 251);
    const large = decoded(grayPng(pixels, 28, 28, { scale: 32 }));
    expect([large.width, large.height]).toEqual([896, 896]);
    const wrong = large.pixels.findIndex((value, i) => {
      const [x, y] = [i % 896, Math.floor(i / 896)];
      return value !== pixels[28 * Math.floor(y / 32) + Math.floor(x / 32)];
    });
    expect(wrong).toBe(-1);
  });

  test.each([0, -1, 1.5, NaN])("refuses to magnify by %d", (scale) => {
    expect(() => grayPng(Uint8Array.of(1), 1, 1, { scale })).toThrow(`current value is ${scale}`);
  });

  test("refuses pixels that do not fill the picture", () => {
    expect(() => grayPng(new Uint8Array(5), 3, 2)).toThrow(RangeError);
    expect(() => grayPng(new Uint8Array(0), 0, 0)).toThrow(RangeError);
  });
});

test("pngDataUri() is base64", () => {
  expect(pngDataUri(Uint8Array.of(0x89, 0x50, 0x4e, 0x47))).toBe("data:image/png;base64,iVBORw==");
});

/** A grey PNG as the specification reads it: chunks with their checksums, unfiltered rows. */
function decoded(png: Uint8Array<ArrayBuffer>): { width: number; height: number; pixels: number[] } {
  const view = new DataView(png.buffer);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const data: Uint8Array[] = [];
  for (let at = 8; at < png.length; at += 12 + view.getUint32(at)) {
    const length = view.getUint32(at);
    expect(view.getUint32(at + 8 + length)).toBe(crc32(png.subarray(at + 4, at + 8 + length)));
    if (new TextDecoder().decode(png.subarray(at + 4, at + 8)) === "IDAT") {
      data.push(png.subarray(at + 8, at + 8 + length));
    }
  }
  const rows = inflateSync(Buffer.concat(data));
  expect(rows).toHaveLength((width + 1) * height);
  const pixels = Array.from({ length: height }, (_, y) => {
    expect(rows[y * (width + 1)]).toBe(0);
    return [...rows.subarray(y * (width + 1) + 1, (y + 1) * (width + 1))];
  });
  return { width, height, pixels: pixels.flat() };
}

/** Bit by bit: x^32 + x^26 + ... + 1, reflected. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
