import {
  symbol,
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTriangle,
  symbolWye,
} from "d3-shape";
import { element, pathData, type Markup } from "./markup.ts";
import type { Theme } from "./theme.ts";

/** How one model is drawn in every figure: told apart by colour, by dash and by marker, each enough by itself. */
export interface SeriesStyle {
  readonly colour: string;
  readonly dash: string | null;
  /** SVG path of the marker around (0, 0). */
  readonly marker: string;
}

const DASHES = ["1.5 3", null, "7 4", null, "9 3 2 3", "4 2", "14 4", "2 2 6 2"];
const MARKERS = [
  symbolCircle,
  symbolSquare,
  symbolTriangle,
  symbolDiamond,
  symbolStar,
  symbolCross,
  symbolWye,
];
const MARKER_AREA = 42;

/** @param index Position of the model among the result's models, from 0; after eight, colours recur with other dashes. */
export function seriesStyle(theme: Theme, index: number): SeriesStyle {
  const round = Math.floor(index / theme.series.length);
  return {
    colour: theme.series[index % theme.series.length]!,
    dash: DASHES[(index + 3 * round) % DASHES.length]!,
    marker: symbol(MARKERS[index % MARKERS.length], MARKER_AREA).digits(2)() ?? "",
  };
}

/** A short piece of the series' line with its marker, for a legend: 28 wide, centred on `y`. */
export function seriesSample({ colour, dash, marker }: SeriesStyle, x: number, y: number): Markup {
  return element(
    "g",
    {},
    element("path", {
      d: pathData`M${x},${y}h28`,
      stroke: colour,
      "stroke-width": 2,
      "stroke-dasharray": dash,
    }),
    element("path", { d: marker, transform: pathData`translate(${x + 14},${y})`, fill: colour }),
  );
}
