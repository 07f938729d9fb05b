import type { Random } from "@gambeson/runtime/random";
import { arch, band, box, mirrored, rounded } from "./outline.ts";
import type { Pen } from "./pen.ts";
import { clothShade, contrast, toned } from "./shade.ts";
import { between, chance } from "./variation.ts";

/** A body, wider than high or the other way, under a handle. */
export function drawBag(pen: Pen, random: Random): void {
  const shade = clothShade(random, { patterned: 0.35 });
  const [above, below] = [between(random, 0.5, 0.92), between(random, 0.55, 0.97)];
  const top = between(random, -0.45, 0.05);
  const bottom = between(random, 0.6, 0.95);
  const detail = toned(shade, contrast(random));
  if (chance(random, 0.85)) {
    const reach = above * between(random, 0.35, 0.9);
    const height = between(random, 0.3, Math.min(1, 0.95 + top));
    pen.paint(
      band(arch([-reach, top + 0.06], [reach, top + 0.06], height), between(random, 0.07, 0.14)),
      detail,
    );
  }
  pen.paint(
    rounded(
      mirrored([
        [0, top],
        [above, top],
        [(above + below) / 2 + 0.03, (top + bottom) / 2],
        [below, bottom],
        [0, bottom],
      ]),
    ),
    shade,
  );
  const flap = top + (bottom - top) * between(random, 0.15, 0.5);
  if (chance(random, 0.6)) pen.decorate(box(-1, flap, 1, flap + between(random, 0.06, 0.14)), detail);
  if (chance(random, 0.4))
    pen.decorate(rounded(box(-0.1, flap - 0.06, 0.1, flap + 0.16)), toned(shade, contrast(random)));
}
