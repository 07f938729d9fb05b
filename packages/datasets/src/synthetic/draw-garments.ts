import { createRandom, type Random } from "@gambeson/runtime/random";
import type { ImageSet } from "../image-set.ts";
import { drawBag } from "./bag.ts";
import { createCanvas } from "./canvas.ts";
import { drawDress } from "./dress.ts";
import { createPen, type Pen } from "./pen.ts";
import { drawAnkleBoot, drawSandal, drawSneaker } from "./shoes.ts";
import { drawCoat, drawPullover, drawShirt, drawTShirt } from "./tops.ts";
import { drawTrouser } from "./trouser.ts";
import { between } from "./variation.ts";

/** Pixels a side. */
const SIZE = 28;

/** One for each class, in the order of its names. */
const DRAW: readonly ((pen: Pen, random: Random) => void)[] = [
  drawTShirt,
  drawTrouser,
  drawPullover,
  drawDress,
  drawCoat,
  drawSandal,
  drawShirt,
  drawSneaker,
  drawBag,
  drawAnkleBoot,
];

/**
 * Draws the first `count` garments of the stream that `seed` and `split` name.
 *
 * @throws {RangeError} If `count` is not a positive integer, or `seed` not an integer in [0, 2^53).
 */
export function drawGarments(seed: number, split: "train" | "test", count: number): ImageSet {
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(
      `Cannot draw garments as their count must be a positive integer: current value is ${count}`,
    );
  }
  const images = new Uint8Array(count * SIZE * SIZE);
  const labels = new Uint8Array(count);
  for (let index = 0; index < count; index++) {
    const random = createRandom(seed, "garments", split, index);
    labels[index] = random.integer(DRAW.length);
    const canvas = createCanvas(SIZE);
    DRAW[labels[index]!]!(createPen(canvas, SIZE, random), random);
    const pixels = images.subarray(index * SIZE * SIZE, (index + 1) * SIZE * SIZE);
    canvas.develop(pixels, between(random, 0.01, 0.06), random);
  }
  return { images, labels, count, height: SIZE, width: SIZE };
}
