import {
  fitText,
  rho2AxisEnd,
  rho2Hills,
  textWidth,
  wrapText,
  type Hill,
  type Statistic,
} from "@gambeson/report";
import { scaleLinear, type ScaleLinear } from "d3-scale";
import { fourDecimalsText, statisticText } from "../numbers.ts";
import { beyondText, type Rho2Bars, type Rho2Stop } from "../view-models/rho2-bars.ts";
import { CHART_FONT_SIZE } from "./draw-svg.ts";

/** Where bars and hills lie in a drawing, in pixels. */
export interface Rho2Layout {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  /** Of the plot: where the axis lies. */
  readonly bottom: number;
  readonly x: ScaleLinear<number, number>;
  /** Whether names stand above their rows, not left of them. */
  readonly isNarrow: boolean;
  readonly rows: readonly Rho2Row[];
}

/** One model's row: hill above `base`, bar below. */
export interface Rho2Row {
  readonly base: number;
  /** The model's name, one line each. */
  readonly name: readonly string[];
  readonly hill: Hill;
  /** How many images lie beyond, above the hill's end; empty where hardly any do. */
  readonly beyond: string;
  /** "0.0554 ± 0.0012". */
  readonly value: string;
  /** Left edge of the value. */
  readonly valueX: number;
  /** "published 0.0392", or empty. */
  readonly published: string;
}

export const [HILL_HEIGHT, BAR_HEIGHT] = [46, 16] as const;
const [GAP, AXIS_ROOM, NAME_WIDTH, RIGHT] = [18, 44, 150, 14] as const;
/** Narrower than that, names stand above their rows. */
const NARROW = 560;
const NAME_ROOM = 20;
const BOLD = 1.12;
/** A share of images beyond the bins that is not worth words. */
const WORTH_SAYING = 0.0005;

/** Places bars and hills in a drawing `width` pixels wide; its height is as they need. */
export function layOutRho2Bars(bars: Rho2Bars, width: number): Rho2Layout {
  const { models, end } = bars;
  const isNarrow = width < NARROW;
  const [left, right] = [isNarrow ? RIGHT : NAME_WIDTH, width - RIGHT];
  const values = models.map(({ rho2, published }) => ({
    value: statisticText(rho2, fourDecimalsText),
    published: published === null ? "" : `published ${fourDecimalsText(published)}`,
  }));
  const room = Math.max(
    0,
    ...values.map(
      ({ value, published }) => boldWidth(value) + (isNarrow ? 0 : textWidth(published, CHART_FONT_SIZE)),
    ),
  );
  const ends = models.flatMap(({ rho2, published }): { readonly rho2: Statistic }[] =>
    published === null ? [{ rho2 }] : [{ rho2 }, { rho2: { mean: published, deviation: null } }],
  );
  const axisEnd = rho2AxisEnd(ends, end, { width: right - left, valueRoom: room + 34 });
  const x = scaleLinear([0, axisEnd], [left, right]);
  const hills = rho2Hills(bars, axisEnd);
  const rowHeight = HILL_HEIGHT + BAR_HEIGHT + GAP + (isNarrow ? NAME_ROOM : 0);
  const rows = models.map(({ label, rho2, beyond, published }, i): Rho2Row => {
    const barEnd = Math.max(rho2.mean + (rho2.deviation ?? 0), published ?? 0);
    const nameRoom = width - 2 * RIGHT - textWidth(`◇ ${values[i]!.published}`, CHART_FONT_SIZE) - 12;
    return {
      base: 8 + rowHeight * (i + 1) - BAR_HEIGHT - 10,
      name: isNarrow
        ? [fitText(label, nameRoom, CHART_FONT_SIZE * BOLD)]
        : wrapText(label, NAME_WIDTH - 20, CHART_FONT_SIZE * BOLD, 3),
      hill: hills[i]!,
      beyond: beyond < WORTH_SAYING ? "" : beyondText(beyond, end),
      valueX: x(barEnd) + 10,
      ...values[i]!,
    };
  });
  const bottom = 8 + rowHeight * models.length;
  return { width, height: bottom + AXIS_ROOM, left, right, bottom, x, isNarrow, rows };
}

function boldWidth(text: string): number {
  return textWidth(text, CHART_FONT_SIZE * BOLD);
}

/** What lies at a place in the drawing: in the row there, the bar or a block of the hill; null where there is no row. */
export function nearestRho2Stop(
  { x, rows }: Rho2Layout,
  [px, py]: readonly [number, number],
): Rho2Stop | null {
  if (rows.length === 0) return null;
  const below = rows.findIndex(({ base }) => py <= base + BAR_HEIGHT + GAP / 2);
  const model = below === -1 ? rows.length - 1 : below;
  const { base, hill } = rows[model]!;
  if (py > base) return { model, part: 0 };
  const rho = Math.max(0, x.invert(px));
  const bin = hill.bins.findIndex(({ to }) => rho < to);
  return { model, part: bin === -1 ? hill.bins.length + 1 : bin + 1 };
}
