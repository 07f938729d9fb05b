import type { Random } from "@gambeson/runtime/random";
import { box, mirror, mirrored, rounded } from "./outline.ts";
import type { Pen } from "./pen.ts";
import { clothShade, contrast, toned } from "./shade.ts";
import { between, chance } from "./variation.ts";

/** Two legs under a waistband. */
export function drawTrouser(pen: Pen, random: Random): void {
  const shade = clothShade(random, { patterned: 0.2 });
  const waist = between(random, 0.22, 0.34);
  const hip = waist + between(random, 0.02, 0.12);
  const gap = between(random, 0, 0.1);
  const outer = gap + between(random, 0.14, 0.34);
  const crotch = between(random, -0.5, -0.2);
  const bottom = between(random, 0.85, 0.98);
  pen.paint(
    rounded(
      mirrored([
        [0, -0.95],
        [waist, -0.95],
        [hip, crotch - 0.12],
        [(hip + outer) / 2, (crotch + bottom) / 2],
        [outer, bottom],
        [gap, bottom],
        [gap * 0.7, crotch + 0.2],
        [0, crotch],
      ]),
    ),
    shade,
  );
  if (chance(random, 0.6)) pen.decorate(box(-1, -1, 1, -0.84), toned(shade, contrast(random)));
  if (chance(random, 0.5)) pen.decorate(box(-0.03, -0.84, 0.03, crotch), toned(shade, contrast(random)));
  if (chance(random, 0.4)) {
    const x = (gap + outer) / 2;
    const crease = box(x - 0.03, crotch, x + 0.03, bottom);
    const tone = toned(shade, contrast(random) / 2);
    pen.decorate(crease, tone);
    pen.decorate(mirror(crease), tone);
  }
}
