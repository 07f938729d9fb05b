import type { Random } from "@gambeson/runtime/random";
import { band, box } from "./outline.ts";
import type { Pen } from "./pen.ts";
import { clothShade, contrast, toned } from "./shade.ts";
import { paintTop, type SleeveCut } from "./top.ts";
import { between, chance } from "./variation.ts";

/** Narrow above, falling to the lower edge, from straight to flared. */
export function drawDress(pen: Pen, random: Random): void {
  const shade = clothShade(random, { patterned: 0.4 });
  const chest = between(random, 0.22, 0.4);
  const sleeve = drawSleeve(random);
  const cut = {
    neckWidth: between(random, 0.1, 0.2),
    neckDepth: between(random, 0.04, 0.3),
    shoulder: sleeve === null ? chest * between(random, 0.7, 0.95) : chest + between(random, 0, 0.06),
    chest,
    waist: chest * between(random, 0.7, 1),
    hem: chest * between(random, 0.95, 2),
    bottom: between(random, 0.88, 0.99),
    sleeve,
  };
  paintTop(pen, cut, shade, random);
  if (chance(random, 0.4))
    pen.decorate(box(-1, -0.02, 1, between(random, 0.04, 0.1)), toned(shade, contrast(random)));
  if (chance(random, 0.4)) {
    const x = between(random, -0.15, 0.15);
    pen.decorate(
      band(
        [
          [x * 0.5, 0.15],
          [x * 1.6, 0.98],
        ],
        0.08,
      ),
      toned(shade, contrast(random)),
    );
  }
}

function drawSleeve(random: Random): SleeveCut | null {
  if (chance(random, 0.5)) return null;
  const isLong = chance(random, 0.35);
  return {
    length: isLong ? between(random, 0.9, 1.35) : between(random, 0.2, 0.5),
    spread: isLong ? between(random, 0.05, 0.35) : between(random, 0.3, 0.9),
    cuff: between(random, 0.07, 0.12),
  };
}
