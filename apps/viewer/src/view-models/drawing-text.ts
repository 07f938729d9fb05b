/** A drawing's size, in pixels. */
export interface DrawingSize {
  readonly width: number;
  readonly height: number;
}

/** A pixel of a drawing is one of so many shades, which an address can hold. */
const SHADES = 16;
/** Larger drawings make an address longer than everything takes. */
const MOST_PIXELS = 32 * 32;

/** @param value From 0 to 1. @returns The shade that is nearest to it: a multiple of 1/15. */
export function shadeOf(value: number): number {
  return Math.round(value * (SHADES - 1)) / (SHADES - 1);
}

/** Whether an address has room for drawings of a size. */
export function hasRoomFor({ width, height }: DrawingSize): boolean {
  return width * height <= MOST_PIXELS;
}

/**
 * A drawing as an address holds it: its width, and its shades, two a byte, as base64url: "28.AAf..."; null where it is blank.
 *
 * @param pixels Shades, `[width * height]`, row-major, of a size that there is room for.
 */
export function drawingText(pixels: Float32Array, { width }: DrawingSize): string | null {
  if (pixels.every((value) => value === 0)) return null;
  const shades = Array.from(pixels, (value) => Math.round(value * (SHADES - 1)));
  const bytes = Array.from(
    { length: Math.ceil(shades.length / 2) },
    (_, at) => SHADES * shades[2 * at]! + (shades[2 * at + 1] ?? 0),
  );
  const text = btoa(String.fromCharCode(...bytes));
  return `${width}.${text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`;
}

/** Reads a drawing of this size; null where the text is of none. @returns As `drawingText` took it: float32. */
export function drawingOf(text: string | undefined, { width, height }: DrawingSize): Float32Array | null {
  const [, columns, letters] = /^(\d{1,4})\.([\w-]+)$/.exec(text ?? "") ?? [];
  const bytes = Math.ceil((width * height) / 2);
  if (letters === undefined || Number(columns) !== width || letters.length !== Math.ceil((4 * bytes) / 3)) {
    return null;
  }
  const packed = atob(letters.replaceAll("-", "+").replaceAll("_", "/"));
  return Float32Array.from({ length: width * height }, (_, at) => {
    const byte = packed.charCodeAt(at >> 1);
    return (at % 2 === 0 ? byte >> 4 : byte & 15) / (SHADES - 1);
  });
}
