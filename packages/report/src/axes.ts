import type { ScaleLinear } from "d3-scale";
import { label } from "./figure.ts";
import { element, pathData, type Markup } from "./markup.ts";
import { textWidth } from "./text-width.ts";
import type { Theme } from "./theme.ts";

export type Scale = ScaleLinear<number, number>;

/** An axis to be drawn around a plot. */
export interface Axis {
  readonly scale: Scale;
  /** What it measures, with its unit. */
  readonly title: string;
  readonly format?: (value: number) => string;
  /** How high up a bottom axis draws a grid line at every tick; without it there are none. */
  readonly gridTop?: number;
}

const TICK_SIZE = 11;

/** The x axis below a plot: its ends are its scale's range, `y` its height. As many ticks as stand apart. */
export function bottomAxis(theme: Theme, { scale, title, format, gridTop }: Axis, y: number): Markup {
  const [left, right] = ends(scale);
  const ticks = ticksThatFit(scale, format, right - left);
  return element(
    "g",
    {},
    element("path", { d: pathData`M${left},${y}H${right}`, stroke: theme.muted }),
    ticks.map(({ at, text }) => [
      gridTop === undefined
        ? null
        : element("path", { d: pathData`M${scale(at)},${gridTop}V${y}`, stroke: theme.grid }),
      element("path", { d: pathData`M${scale(at)},${y}v4`, stroke: theme.muted }),
      label(theme, text, { x: scale(at), y: y + 16, "text-anchor": "middle", "font-size": TICK_SIZE }),
    ]),
    label(theme, title, { x: (left + right) / 2, y: y + 34, "text-anchor": "middle" }),
  );
}

/** The y axis left of a plot, with a grid line across it at every tick. `titleX` is the title's distance from it. */
export function leftAxis(
  theme: Theme,
  { scale, title, format }: Axis,
  [left, right]: readonly [number, number],
  titleX = 38,
): Markup {
  const [bottom, top] = scale.range() as [number, number];
  const count = Math.max(3, Math.round((bottom - top) / 60));
  const write = format ?? scale.tickFormat(count);
  const middle = (top + bottom) / 2;
  return element(
    "g",
    {},
    scale.ticks(count).map((at) => [
      element("path", { d: pathData`M${left},${scale(at)}H${right}`, stroke: theme.grid }),
      label(theme, write(at), {
        x: left - 6,
        y: scale(at) + 4,
        "text-anchor": "end",
        "font-size": TICK_SIZE,
      }),
    ]),
    title === ""
      ? null
      : label(theme, title, {
          transform: pathData`translate(${left - titleX},${middle}) rotate(-90)`,
          "text-anchor": "middle",
        }),
  );
}

/** Ticks whose words stand apart from each other in `width` pixels; a tick whose text is empty is left out. */
export function ticksThatFit(
  scale: Scale,
  format: Axis["format"],
  width: number,
): readonly { readonly at: number; readonly text: string }[] {
  for (let count = 10; count > 1; count--) {
    const write = format ?? scale.tickFormat(count);
    const all = scale.ticks(count).map((at) => ({ at, text: write(at) }));
    const ticks = all.filter(({ text }) => text !== "");
    const needed = ticks.reduce((sum, { text }) => sum + textWidth(text, TICK_SIZE) + 16, 0);
    if (needed <= width) return ticks;
  }
  return scale.domain().map((at) => ({ at, text: (format ?? scale.tickFormat(2))(at) }));
}

function ends(scale: Scale): readonly [number, number] {
  const [from, to] = scale.range() as [number, number];
  return [from, to];
}
