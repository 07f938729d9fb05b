import type { Random } from "@gambeson/runtime/random";
import { band, rounded, type Outline, type Point } from "./outline.ts";
import type { Pen } from "./pen.ts";
import { clothShade, contrast, toned, type Shade } from "./shade.ts";
import { between, chance } from "./variation.ts";

// All shoes point left and stand on one line. Where a sneaker is high, a boot low or a sandal closed, they meet.

/** y of a part of the shoe at x. */
type Height = (x: number) => number;

/** y of the ground, and x of the toe and of the heel. */
const GROUND = 0.62;
const TOE = -0.93;
const HEEL = 0.9;

export function drawSneaker(pen: Pen, random: Random): void {
  const ankle = chance(random, 0.15) ? between(random, -0.6, -0.25) : between(random, -0.35, -0.05);
  const shade = clothShade(random, { patterned: 0.25 });
  const sole = between(random, 0.08, 0.2);
  paintUpper(
    pen,
    { ankle, opening: between(random, 0.05, 0.3), toeHeight: between(random, 0.25, 0.42) },
    shade,
  );
  paintSole(pen, sole, 0, toned(shade, contrast(random)));
  if (chance(random, 0.6)) paintLaces(pen, ankle, toned(shade, contrast(random)));
  if (chance(random, 0.45)) {
    const x = between(random, 0, 0.3);
    const swoosh: Point[] = [
      [x - 0.3, GROUND - sole - 0.1],
      [x, GROUND - sole - 0.14],
      [x + 0.35, GROUND - sole - 0.4],
    ];
    pen.decorate(band(swoosh, between(random, 0.08, 0.16)), toned(shade, contrast(random)));
  }
}

export function drawAnkleBoot(pen: Pen, random: Random): void {
  const ankle = chance(random, 0.15) ? between(random, -0.5, -0.2) : between(random, -0.95, -0.5);
  const shade = clothShade(random, { patterned: 0.15 });
  const heel = chance(random, 0.55) ? between(random, 0.1, 0.35) : 0;
  paintUpper(pen, { ankle, opening: between(random, 0, 0.28), toeHeight: between(random, 0.2, 0.36) }, shade);
  paintSole(pen, between(random, 0.05, 0.14), heel, toned(shade, contrast(random)));
  if (chance(random, 0.3)) paintLaces(pen, ankle, toned(shade, contrast(random)));
  if (chance(random, 0.4)) {
    const y = between(random, ankle + 0.15, 0.05);
    const strap: Point[] = [
      [-0.3, y + 0.05],
      [HEEL + 0.05, y],
    ];
    pen.decorate(band(strap, between(random, 0.06, 0.12)), toned(shade, contrast(random)));
  }
}

export function drawSandal(pen: Pen, random: Random): void {
  const shade = clothShade(random, { patterned: 0.2 });
  const heel = chance(random, 0.5) ? between(random, 0.15, 0.5) : 0;
  /** The sole under the foot, and the top of the foot above it. */
  const sole: Height = (x) => GROUND - 0.04 - heel * Math.max(0, (x + 0.3) / (HEEL + 0.3));
  const instep: Height = (x) => sole(x) - 0.26 - 0.5 * ((x - TOE) / (HEEL - TOE)) ** 2;
  if (chance(random, 0.75)) {
    paintStraps(pen, sole, instep, shade, random);
    paintAnkleStrap(pen, between(random, 0.35, 0.7), sole, shade, random);
  } else {
    const [from, to] = [between(random, -0.85, -0.55), between(random, -0.1, 0.25)];
    pen.paint(
      rounded([
        [from, sole(from) + 0.03],
        [from + 0.05, sole(from) - 0.24],
        [to - 0.1, instep(to) + 0.02],
        [to + 0.1, sole(to) - 0.15],
        [to + 0.12, sole(to) + 0.03],
      ]),
      shade,
    );
  }
  if (heel > 0 && chance(random, 0.4)) {
    pen.paint(wedge(heel), toned(shade, contrast(random)));
  } else {
    paintSole(pen, between(random, 0.08, 0.16), heel, toned(shade, contrast(random)));
  }
}

/** One to three straps over the toes. */
function paintStraps(pen: Pen, sole: Height, instep: Height, shade: Shade, random: Random): void {
  const width = between(random, 0.12, 0.28);
  const straps = 1 + random.integer(3);
  for (let index = 0; index < straps; index++) {
    const x = -0.68 + (0.7 * (index + random.uniform())) / straps;
    const lean = between(random, -0.1, 0.35);
    const path: Point[] = [
      [x, sole(x)],
      [x + lean * 0.4, (sole(x) + instep(x)) / 2 - 0.05],
      [x + lean, instep(x + lean)],
      [x + lean + 0.22, instep(x + lean) + 0.12],
    ];
    pen.paint(band(path, width), toned(shade, -0.05 * index));
  }
}

/** Up the heel, round the ankle, and down along the instep to the toes or down the side. */
function paintAnkleStrap(pen: Pen, height: number, sole: Height, shade: Shade, random: Random): void {
  const width = between(random, 0.1, 0.17);
  const back = sole(HEEL) - height;
  const front: Point = [between(random, 0.05, 0.3), back + between(random, 0, 0.1)];
  pen.paint(
    band([[HEEL - 0.06, sole(HEEL)], [HEEL - 0.02, back], [HEEL - 0.1, back - 0.05], front], width),
    shade,
  );
  const end: Point = chance(random, 0.6)
    ? [-0.45, sole(-0.45) - 0.15]
    : [front[0] - 0.2, sole(front[0] - 0.2)];
  pen.paint(
    band([front, [(front[0] + end[0]) / 2, (front[1] + end[1]) / 2 + 0.03], end], width * 1.2),
    shade,
  );
}

/** A sole that rises to the heel and is filled below. */
function wedge(heel: number): Outline {
  return [
    [TOE, GROUND - 0.09],
    [-0.3, GROUND - 0.1],
    [HEEL, GROUND - 0.1 - heel],
    [HEEL, GROUND],
    [TOE, GROUND],
  ];
}

/** Closed leather from the toe to the heel, up to the ankle. */
function paintUpper(
  pen: Pen,
  { ankle, opening, toeHeight }: { ankle: number; opening: number; toeHeight: number },
  shade: Shade,
): void {
  pen.paint(
    rounded([
      [TOE, GROUND],
      [TOE, GROUND - toeHeight],
      [-0.55, GROUND - toeHeight - 0.08],
      [-0.15, Math.max(ankle, -0.2) + 0.12],
      [opening - 0.12, ankle],
      [HEEL, ankle + 0.02],
      [HEEL - 0.06, (ankle + GROUND) / 2],
      [HEEL + 0.02, GROUND],
    ]),
    shade,
  );
}

/** A sole of the given thickness; under a raised heel there is a gap before the heel. */
function paintSole(pen: Pen, thickness: number, heel: number, shade: Shade): void {
  if (heel === 0) {
    pen.paint(
      band(
        [
          [TOE, GROUND],
          [HEEL + 0.03, GROUND],
        ],
        thickness,
      ),
      shade,
    );
    return;
  }
  // The shoe stands on its toe and heel: what lies between them and the ground is cut away.
  pen.cut([
    [-0.35, GROUND + 0.1],
    [-0.2, GROUND - 0.04],
    [HEEL - 0.25, GROUND - heel],
    [HEEL - 0.22, GROUND + 0.1],
  ]);
  pen.paint(
    band(
      [
        [TOE, GROUND],
        [-0.35, GROUND],
        [-0.15, GROUND - 0.06],
        [HEEL, GROUND - heel],
      ],
      thickness,
    ),
    shade,
  );
  pen.paint(
    [
      [HEEL - 0.25, GROUND - heel],
      [HEEL + 0.02, GROUND - heel],
      [HEEL, GROUND + thickness / 2],
      [HEEL - 0.2, GROUND + thickness / 2],
    ],
    shade,
  );
}

function paintLaces(pen: Pen, ankle: number, shade: Shade): void {
  for (let index = 0; index < 3; index++) {
    const [x, y] = [-0.38 + 0.16 * index, 0.22 + (Math.max(ankle, -0.3) - 0.02) * 0.32 * index];
    pen.decorate(
      band(
        [
          [x - 0.06, y - 0.12],
          [x + 0.1, y + 0.08],
        ],
        0.06,
      ),
      shade,
    );
  }
}
