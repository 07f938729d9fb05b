/** Colours of a picture, row-major, four bytes a pixel, opaque: what a canvas takes. */
export type Rgba = Uint8ClampedArray<ArrayBuffer>;

/** Grey images of a result's `samples`: 8 bits a pixel in base64, one after another. @returns Pixels from 0 to 1. */
export function decodeImages(base64: string, size: number): readonly Float32Array[] {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return Array.from({ length: Math.floor(bytes.length / size) }, (_, image) =>
    Float32Array.from(bytes.subarray(image * size, (image + 1) * size), (byte) => byte / 255),
  );
}

/** An image, pixels outside [0, 1] as black and white. */
export function imageRgba(pixels: Float32Array): Rgba {
  return greyRgba(pixels, (value) => 255 * value);
}

/** What an attack added: mid grey where nothing, lighter where brightened, darker where darkened. @param gain How much it is amplified. */
export function perturbationRgba(before: Float32Array, after: Float32Array, gain: number): Rgba {
  return greyRgba(after, (value, i) => 127.5 * (1 + gain * (value - before[i]!)));
}

function greyRgba(pixels: Float32Array, greyOf: (value: number, i: number) => number): Rgba {
  const rgba = new Uint8ClampedArray(4 * pixels.length).fill(255);
  pixels.forEach((value, i) => rgba.fill(greyOf(value, i), 4 * i, 4 * i + 3));
  return rgba;
}

/** Pixels from 0 to 1 of a picture: its luminance; where it is transparent, the paper's white. @param isInverted Dark on bright becomes bright on dark. */
export function greyOfRgba(rgba: ArrayLike<number>, isInverted: boolean): Float32Array {
  return Float32Array.from({ length: rgba.length / 4 }, (_, i) => {
    const [red, green, blue, opacity] = [0, 1, 2, 3].map((part) => rgba[4 * i + part]! / 255);
    const grey = (0.2126 * red! + 0.7152 * green! + 0.0722 * blue!) * opacity! + (1 - opacity!);
    return isInverted ? 1 - grey : grey;
  });
}
