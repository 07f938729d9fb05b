const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let crc = n;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});
/** A stored block of deflate holds at most so many bytes. */
const BLOCK = 0xffff;

export interface GrayPngOptions {
  /** Makes each pixel a square of so many on each side, at least 1. */
  readonly scale: number;
}

/**
 * A grey picture as a PNG file, its pixels stored without compression.
 *
 * @param pixels Row-major `[height, width]`, 0 black to 255 white.
 * @throws {RangeError} If there are not `width * height` pixels, or none, or `scale` is not a positive integer.
 *
 * Source: PNG specification, third edition; RFC 1950 and 1951.
 */
export function grayPng(
  pixels: Uint8Array,
  width: number,
  height: number,
  { scale }: GrayPngOptions = { scale: 1 },
): Uint8Array<ArrayBuffer> {
  if (pixels.length !== width * height || pixels.length === 0) {
    throw new RangeError(
      `Cannot write a PNG as 'pixels' must be ${width} x ${height} bytes, and some: current value is ${pixels.length}`,
    );
  }
  if (!(Number.isInteger(scale) && scale > 0)) {
    throw new RangeError(
      `Cannot write a PNG as 'scale' must be a positive integer: current value is ${scale}`,
    );
  }
  const rows = filteredRows(pixels, width, scale);
  const [grey8bit, others] = [
    [8, 0],
    [0, 0, 0],
  ];
  return joined([
    Uint8Array.from(SIGNATURE),
    chunk(
      "IHDR",
      Uint8Array.of(...bigEndian(width * scale), ...bigEndian(height * scale), ...grey8bit, ...others),
    ),
    chunk("IDAT", storedZlib(rows)),
    chunk("IEND", new Uint8Array(0)),
  ]);
}

/** Magnified rows, each behind its filter: 0, none. */
function filteredRows(pixels: Uint8Array, width: number, scale: number): Uint8Array {
  const rowLength = 1 + width * scale;
  const rows = new Uint8Array((pixels.length / width) * scale * rowLength);
  for (let at = 0, from = 0; at < rows.length; from += width) {
    const row = at;
    for (let x = 0; x < width; x++)
      rows.fill(pixels[from + x]!, row + 1 + x * scale, row + 1 + (x + 1) * scale);
    for (at += rowLength; at < row + scale * rowLength; at += rowLength)
      rows.copyWithin(at, row, row + rowLength);
  }
  return rows;
}

/** The file as a data URI, for an `<image>` that asks nobody. */
export function pngDataUri(png: Uint8Array): string {
  return `data:image/png;base64,${btoa(Array.from(png, (byte) => String.fromCharCode(byte)).join(""))}`;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = joined([Array.from(type, (letter) => letter.charCodeAt(0)), data]);
  return joined([bigEndian(data.length), body, bigEndian(crc32(body))]);
}

function storedZlib(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [Uint8Array.of(0x78, 0x01)];
  for (let start = 0; start < bytes.length; start += BLOCK) {
    const block = bytes.subarray(start, start + BLOCK);
    const isLast = start + BLOCK >= bytes.length ? 1 : 0;
    parts.push(
      Uint8Array.of(isLast, ...littleEndian16(block.length), ...littleEndian16(~block.length & 0xffff)),
      block,
    );
  }
  return joined([...parts, bigEndian(adler32(bytes))]);
}

function joined(parts: readonly ArrayLike<number>[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function crc32(bytes: Uint8Array): number {
  return ~bytes.reduce((crc, byte) => CRC_TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8), -1) >>> 0;
}

function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return ((b << 16) | a) >>> 0;
}

function bigEndian(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
}

function littleEndian16(value: number): number[] {
  return [value & 0xff, value >>> 8];
}
