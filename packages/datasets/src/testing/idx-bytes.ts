import { concat } from "./memory-files.ts";

/** An idx3-ubyte file. The header is written as given, be it true or not. */
export function imageBytes(
  [count, height, width]: readonly [number, number, number],
  pixels: readonly number[],
  magic = 0x00000803,
): Uint8Array<ArrayBuffer> {
  return concat(words(magic, count, height, width), Uint8Array.from(pixels));
}

/** An idx1-ubyte file of these labels. */
export function labelBytes(labels: readonly number[], count = labels.length): Uint8Array<ArrayBuffer> {
  return concat(words(0x00000801, count), Uint8Array.from(labels));
}

function words(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values.flatMap((value) => [value >>> 24, value >>> 16, value >>> 8, value]));
}
