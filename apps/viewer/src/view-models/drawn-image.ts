import { shadeOf } from "./drawing-text.ts";

/** A line drawn without lifting the pen: points in pixels of the image, from its upper left corner. */
export type Stroke = readonly (readonly [x: number, y: number])[];

export interface DrawnImageOptions {
  readonly height: number;
  readonly width: number;
  /** Width of the pen, in pixels of the image. */
  readonly pen: number;
  /** What is drawn on, shades `[height * width]`; null for a black sheet. */
  readonly sheet: Float32Array | null;
}

/** Strokes as a bright image on black: a pixel is as bright as the pen covers it. @returns Shades from 0 to 1, row-major. */
export function drawnImage(
  strokes: readonly Stroke[],
  { height, width, pen, sheet }: DrawnImageOptions,
): Float32Array {
  const pixels = sheet?.slice() ?? new Float32Array(height * width);
  for (const stroke of strokes) {
    stroke.forEach((to, i) => {
      const from = stroke[Math.max(0, i - 1)]!;
      forEachPixelNear(from, to, pen / 2 + 1, { height, width }, (at, distance) => {
        pixels[at] = Math.max(pixels[at]!, shadeOf(Math.min(1, Math.max(0, pen / 2 - distance + 0.5))));
      });
    });
  }
  return pixels;
}

/** The same strokes on an image that is so many times as wide and as high. */
export function scaledStrokes(strokes: readonly Stroke[], [wider, higher]: Point): readonly Stroke[] {
  return strokes.map((stroke) => stroke.map(([x, y]) => [x * wider, y * higher] as const));
}

type Point = Stroke[number];

/** Calls for the pixels in the box around a piece of a line, with the distance of each one's middle from it. */
function forEachPixelNear(
  from: Point,
  to: Point,
  reach: number,
  { height, width }: Pick<DrawnImageOptions, "height" | "width">,
  use: (at: number, distance: number) => void,
): void {
  const within = (value: number, size: number) => Math.min(Math.max(Math.round(value), 0), size - 1);
  const [left, right] = [Math.min(from[0], to[0]) - reach, Math.max(from[0], to[0]) + reach];
  const [top, bottom] = [Math.min(from[1], to[1]) - reach, Math.max(from[1], to[1]) + reach];
  for (let y = within(top, height); y <= within(bottom, height); y++) {
    for (let x = within(left, width); x <= within(right, width); x++) {
      use(y * width + x, distanceTo([x + 0.5, y + 0.5], from, to));
    }
  }
}

/** From a point to a piece of a line. */
function distanceTo([x, y]: Point, [fromX, fromY]: Point, [toX, toY]: Point): number {
  const [dx, dy] = [toX - fromX, toY - fromY];
  const square = dx * dx + dy * dy;
  const share = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - fromX) * dx + (y - fromY) * dy) / square));
  return Math.hypot(x - fromX - share * dx, y - fromY - share * dy);
}
