const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let crc = n;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});
/** A stored block of deflate holds at most so many bytes. */
const BLOCK = 0xffff;

/**
 * A grey picture as a PNG file, its pixels stored without compression.
 *
 * @param pixels Row-major `[height, width]`, 0 black to 255 white.
 * @throws {RangeError} If there are not `width * height` pixels, or none.
 *
 * Source: PNG specification, third edition; RFC 1950 and 1951.
 */
export function grayPng(pixels: Uint8Array, width: number, height: number): Uint8Array<ArrayBuffer> {
  if (pixels.length !== width * height || pixels.length === 0) {
    throw new RangeError(
      `Cannot write a PNG as 'pixels' must be ${width} x ${height} bytes, and some: current value is ${pixels.length}`,
    );
  }
  const rows = new Uint8Array((width + 1) * height); // each row begins with its filter: 0, none
  for (let y = 0; y < height; y++) rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const [grey8bit, others] = [
    [8, 0],
    [0, 0, 0],
  ];
  return Uint8Array.from([
    ...SIGNATURE,
    ...chunk("IHDR", [...bigEndian(width), ...bigEndian(height), ...grey8bit, ...others]),
    ...chunk("IDAT", storedZlib(rows)),
    ...chunk("IEND", []),
  ]);
}

/** The file as a data URI, for an `<image>` that asks nobody. */
export function pngDataUri(png: Uint8Array): string {
  return `data:image/png;base64,${btoa(Array.from(png, (byte) => String.fromCharCode(byte)).join(""))}`;
}

function chunk(type: string, data: readonly number[]): number[] {
  const body = [...Array.from(type, (letter) => letter.charCodeAt(0)), ...data];
  return [...bigEndian(data.length), ...body, ...bigEndian(crc32(body))];
}

function storedZlib(bytes: Uint8Array): number[] {
  const out = [0x78, 0x01];
  for (let start = 0; start < bytes.length; start += BLOCK) {
    const block = bytes.subarray(start, start + BLOCK);
    const isLast = start + BLOCK >= bytes.length ? 1 : 0;
    out.push(isLast, ...littleEndian16(block.length), ...littleEndian16(~block.length & 0xffff));
    for (const byte of block) out.push(byte);
  }
  return [...out, ...bigEndian(adler32(bytes))];
}

function crc32(bytes: readonly number[]): number {
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
