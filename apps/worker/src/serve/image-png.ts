import { grayPng } from "@gambeson/report";
import { Refusal } from "../state/refusal.ts";
import type { Pixels } from "./image-pixels.ts";

/** Pixels of the largest picture we draw: 2048 x 2048. */
const MOST_PIXELS = 2 ** 22;

/**
 * An image as people see it: 8 bits a pixel, clamped to [0, 1] and rounded, each pixel a square of `scale`.
 *
 * @throws {Refusal} REQUEST_INVALID if the picture would be too large.
 */
export function imagePng({ values, height, width }: Pixels, scale: number): Uint8Array<ArrayBuffer> {
  const size = height * width * scale * scale;
  if (size > MOST_PIXELS) {
    throw new Refusal(
      "REQUEST_INVALID",
      `Cannot draw the image as it must have at most ${MOST_PIXELS} pixels, magnified: current value is ${size}`,
    );
  }
  // Rounds when it stores, halves to even, as the report's pictures do; and clamps.
  const view = Uint8ClampedArray.from(values, (value) => Math.fround(255 * value));
  return grayPng(new Uint8Array(view.buffer), width, height, { scale });
}
