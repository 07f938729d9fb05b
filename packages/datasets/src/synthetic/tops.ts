import type { Random } from "@gambeson/runtime/random";
import { box, mirror, rounded } from "./outline.ts";
import type { Pen } from "./pen.ts";
import { clothShade, contrast, toned } from "./shade.ts";
import {
  paintCollar,
  paintFront,
  paintNeckBand,
  paintRibs,
  paintTop,
  type SleeveCut,
  type TopCut,
} from "./top.ts";
import { between, chance } from "./variation.ts";

// Four classes share one cut and differ in sleeve, length and detail. Their ranges overlap on purpose: some shirts cannot be
// told from T-shirts, pullovers or coats, as in the real data.

export function drawTShirt(pen: Pen, random: Random): void {
  const sleeve = chance(random, 0.12) ? null : shortSleeve(random, 0.65);
  const cut = drawCut(random, sleeve, { chest: 0.45, bottom: between(random, 0.7, 0.95) });
  const shade = clothShade(random, { patterned: 0.35 });
  paintTop(pen, cut, shade, random);
  if (chance(random, 0.5)) paintNeckBand(pen, cut, toned(shade, contrast(random)));
  if (chance(random, 0.35)) {
    const [width, height] = [between(random, 0.12, 0.28), between(random, 0.08, 0.3)];
    const top = between(random, -0.45, -0.2);
    pen.decorate(rounded(box(-width, top, width, top + 2 * height)), toned(shade, contrast(random)));
  }
}

export function drawPullover(pen: Pen, random: Random): void {
  const cut = drawCut(random, longSleeve(random, 1.15), { chest: 0.45, bottom: between(random, 0.6, 0.88) });
  const shade = clothShade(random, { patterned: 0.4 });
  paintTop(pen, cut, shade, random);
  if (chance(random, 0.7)) paintRibs(pen, cut, toned(shade, contrast(random) / 2));
  if (chance(random, 0.5)) paintNeckBand(pen, cut, toned(shade, contrast(random)));
  if (chance(random, 0.1)) paintCollar(pen, cut, between(random, 0.05, 0.15), toned(shade, contrast(random)));
}

export function drawCoat(pen: Pen, random: Random): void {
  const cut = drawCut(random, longSleeve(random, 1.2), { chest: 0.45, bottom: between(random, 0.82, 0.99) });
  const shade = clothShade(random, { patterned: 0.2 });
  paintTop(pen, cut, shade, random);
  if (chance(random, 0.92)) paintFront(pen, cut, between(random, 0.06, 0.13), toned(shade, contrast(random)));
  if (chance(random, 0.65)) paintCollar(pen, cut, between(random, 0.15, 0.4), toned(shade, contrast(random)));
  if (chance(random, 0.5)) {
    const y = between(random, 0.25, 0.4);
    const pocket = box(0.12, y, cut.hem - 0.08, y + 0.07);
    const tone = toned(shade, contrast(random));
    pen.decorate(pocket, tone);
    pen.decorate(mirror(pocket), tone);
  }
}

export function drawShirt(pen: Pen, random: Random): void {
  const cut = drawCut(random, shirtSleeve(random), { chest: 0.39, bottom: between(random, 0.72, 0.95) });
  const shade = clothShade(random, { patterned: 0.55 });
  paintTop(pen, cut, shade, random);
  if (chance(random, 0.7)) paintFront(pen, cut, between(random, 0.04, 0.08), toned(shade, contrast(random)));
  if (chance(random, 0.7)) paintCollar(pen, cut, between(random, 0.06, 0.16), toned(shade, contrast(random)));
}

function shirtSleeve(random: Random): SleeveCut | null {
  if (chance(random, 0.08)) return null;
  return chance(random, 0.45) ? shortSleeve(random, 0.95) : longSleeve(random, 0.9);
}

/** `chest` is the middle of its range. */
function drawCut(
  random: Random,
  sleeve: SleeveCut | null,
  { chest, bottom }: { chest: number; bottom: number },
): TopCut {
  const width = chest * between(random, 0.85, 1.15);
  const neckWidth = sleeve === null ? between(random, 0.1, 0.17) : between(random, 0.13, 0.23);
  return {
    neckWidth,
    neckDepth: sleeve === null ? between(random, 0.12, 0.35) : between(random, 0.03, 0.22),
    shoulder: sleeve === null ? neckWidth + between(random, 0.06, 0.14) : width + between(random, 0, 0.1),
    chest: width,
    waist: width * between(random, 0.86, 1.02),
    hem: width * between(random, 0.9, 1.16),
    bottom,
    sleeve,
  };
}

function shortSleeve(random: Random, longest: number): SleeveCut {
  return {
    length: between(random, 0.28, longest),
    spread: between(random, 0.25, 0.9),
    cuff: between(random, 0.13, 0.18),
  };
}

function longSleeve(random: Random, shortest: number): SleeveCut {
  return {
    length: between(random, shortest, 1.55),
    spread: between(random, 0.04, 0.3),
    cuff: between(random, 0.08, 0.13),
  };
}
