import type { Random } from "@gambeson/runtime/random";
import { band, box, mirror, mirrored, rounded, type Outline, type Point } from "./outline.ts";
import type { Pen } from "./pen.ts";
import { toned, type Shade } from "./shade.ts";
import { between } from "./variation.ts";

/** How a garment for the upper body is cut. Lengths are in garment space; widths are of one half. */
export interface TopCut {
  readonly neckWidth: number;
  readonly neckDepth: number;
  readonly shoulder: number;
  readonly chest: number;
  readonly waist: number;
  readonly hem: number;
  /** y of the hem. */
  readonly bottom: number;
  readonly sleeve: SleeveCut | null;
}

export interface SleeveCut {
  readonly length: number;
  /** How far the hand is from the body: 0 hangs straight down, 1 is at 45 degrees. */
  readonly spread: number;
  readonly cuff: number;
}

/** y of the neck and of the armpits in every top. */
const NECK = -0.92;
const ARMPIT = -0.38;

/** Paints sleeves and body; the sleeves a little darker, as they lie behind. */
export function paintTop(pen: Pen, cut: TopCut, shade: Shade, random: Random): void {
  if (cut.sleeve !== null) {
    const sleeve = sleeveOutline(cut, cut.sleeve);
    const behind = toned(shade, -between(random, 0, 0.08));
    pen.paint(sleeve, behind);
    pen.paint(mirror(sleeve), behind);
  }
  pen.paint(bodyOutline(cut), shade);
  if (cut.sleeve !== null) paintArmholes(pen, cut, toned(shade, -between(random, 0, 0.2)));
}

function bodyOutline({ neckWidth, neckDepth, shoulder, chest, waist, hem, bottom }: TopCut): Outline {
  return rounded(
    mirrored([
      [0, NECK + neckDepth],
      [neckWidth * 0.7, NECK + neckDepth * 0.8],
      [neckWidth, NECK],
      [shoulder, NECK + 0.16],
      [chest, ARMPIT],
      [waist, 0.15],
      [hem, bottom - 0.05],
      [hem, bottom],
      [0, bottom],
    ]),
  );
}

/** Where the middle of the right sleeve's opening is, and the unit vector along the sleeve. */
function handOf({ shoulder }: TopCut, { length, spread }: SleeveCut): { hand: Point; along: Point } {
  const norm = Math.sqrt(1 + spread * spread);
  const along: Point = [spread / norm, 1 / norm];
  return { hand: [shoulder + 0.02 + length * along[0], NECK + 0.24 + length * along[1]], along };
}

function sleeveOutline(cut: TopCut, sleeve: SleeveCut): Outline {
  const { hand, along } = handOf(cut, sleeve);
  const [x, y] = hand;
  return rounded([
    [cut.shoulder - 0.12, NECK + 0.1],
    [cut.shoulder + 0.04, NECK + 0.17],
    [x + sleeve.cuff * along[1], y - sleeve.cuff * along[0]],
    [x - sleeve.cuff * along[1], y + sleeve.cuff * along[0]],
    [cut.chest - 0.02, ARMPIT + 0.04],
    [cut.chest - 0.14, ARMPIT],
  ]);
}

function paintArmholes(pen: Pen, cut: TopCut, shade: Shade): void {
  const seam = band(
    [
      [cut.shoulder - 0.01, NECK + 0.17],
      [cut.chest - 0.05, (NECK + ARMPIT) / 2 + 0.1],
      [cut.chest, ARMPIT],
    ],
    0.05,
  );
  pen.decorate(seam, shade);
  pen.decorate(mirror(seam), shade);
}

/** Ribbed bands at the hem and the cuffs. */
export function paintRibs(pen: Pen, cut: TopCut, shade: Shade): void {
  pen.decorate(box(-1, cut.bottom - 0.1, 1, cut.bottom + 0.05), shade);
  if (cut.sleeve === null) return;
  const { hand, along } = handOf(cut, cut.sleeve);
  const cuff = band(
    [
      [hand[0] - 0.12 * along[0], hand[1] - 0.12 * along[1]],
      [hand[0], hand[1]],
    ],
    3 * cut.sleeve.cuff,
  );
  pen.decorate(cuff, shade);
  pen.decorate(mirror(cuff), shade);
}

/** A band along the neckline. */
export function paintNeckBand(pen: Pen, { neckWidth, neckDepth }: TopCut, shade: Shade): void {
  pen.decorate(
    band(
      [
        [-neckWidth, NECK],
        [-neckWidth * 0.6, NECK + neckDepth * 0.8],
        [0, NECK + neckDepth + 0.03],
        [neckWidth * 0.6, NECK + neckDepth * 0.8],
        [neckWidth, NECK],
      ],
      0.09,
    ),
    shade,
  );
}

/** The two leaves of a collar, `size` long. */
export function paintCollar(pen: Pen, { neckWidth, neckDepth }: TopCut, size: number, shade: Shade): void {
  const leaf: Outline = [
    [neckWidth + 0.03, NECK - 0.03],
    [neckWidth + 0.06, NECK + 0.1],
    [neckWidth * 0.5 + size * 0.2, NECK + neckDepth + size],
    [0.01, NECK + neckDepth + 0.02],
  ];
  pen.paint(leaf, shade);
  pen.paint(mirror(leaf), shade);
}

/** A line down the front: a zip, a row of buttons, the edge of an open coat. */
export function paintFront(pen: Pen, { neckDepth, bottom }: TopCut, width: number, shade: Shade): void {
  pen.decorate(box(-width / 2, NECK + neckDepth, width / 2, bottom), shade);
}
