import { base64Bytes } from "@gambeson/report";

/** How many times larger a difference may be shown. */
export const AMPLIFY = { least: 1, most: 50, usual: 10 } as const;

/** Grey that stands for no change, and the colours of the strongest change down and up. */
const [NONE, DARKER, BRIGHTER] = [
  [128, 128, 128],
  [0, 45, 115],
  [255, 214, 107],
] as const;

/** A picture of intensities as RGBA bytes, clamped to [0, 1]. */
export function greyBytes(pixels: Float32Array): Uint8ClampedArray<ArrayBuffer> {
  const bytes = new Uint8ClampedArray(4 * pixels.length);
  for (let i = 0; i < pixels.length; i++) bytes.set(grey(pixels[i]!), 4 * i);
  return bytes;
}

function grey(value: number): readonly number[] {
  const level = Math.round(255 * value);
  return [level, level, level, 255];
}

/**
 * `amplify` times what an attack changed, as RGBA bytes: grey where nothing, towards yellow where a pixel became brighter, towards blue
 * where it became darker. The two differ in lightness too, so they are told apart without colours.
 *
 * @param original, changed Equally long.
 */
export function differenceBytes(
  original: Float32Array,
  changed: Float32Array,
  amplify: number,
): Uint8ClampedArray<ArrayBuffer> {
  const bytes = new Uint8ClampedArray(4 * changed.length);
  for (let i = 0; i < changed.length; i++) {
    const change = Math.max(-1, Math.min(1, amplify * (changed[i]! - original[i]!)));
    const end = change < 0 ? DARKER : BRIGHTER;
    for (let c = 0; c < 3; c++) bytes[4 * i + c] = NONE[c]! + Math.abs(change) * (end[c]! - NONE[c]!);
    bytes[4 * i + 3] = 255;
  }
  return bytes;
}

/**
 * Images as a result holds them: a byte a pixel, one after another, in base64.
 *
 * @param size Pixels of each.
 * @returns Intensities in [0, 1], `[size]` each.
 */
export function unitImages(base64: string, size: number): readonly Float32Array[] {
  const pixels = Float32Array.from(base64Bytes(base64), (byte) => byte / 255);
  return Array.from({ length: Math.floor(pixels.length / size) }, (_, i) =>
    pixels.subarray(i * size, (i + 1) * size),
  );
}
