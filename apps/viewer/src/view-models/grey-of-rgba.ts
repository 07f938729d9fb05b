/**
 * Pixels from 0 to 1 of a picture: its luminance; where it is transparent, the paper's white.
 *
 * @param rgba Row-major, four bytes a pixel.
 * @param isInverted Dark on bright becomes bright on dark.
 */
export function greyOfRgba(rgba: ArrayLike<number>, isInverted: boolean): Float32Array {
  return Float32Array.from({ length: rgba.length / 4 }, (_, i) => {
    const [red, green, blue, opacity] = [0, 1, 2, 3].map((part) => rgba[4 * i + part]! / 255);
    const grey = (0.2126 * red! + 0.7152 * green! + 0.0722 * blue!) * opacity! + (1 - opacity!);
    return isInverted ? 1 - grey : grey;
  });
}
