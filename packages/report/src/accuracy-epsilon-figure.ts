import { max } from "d3-array";
import { scaleLinear } from "d3-scale";
import { area, line } from "d3-shape";
import type { Result } from "@gambeson/contract";
import { bottomAxis, leftAxis, type Scale } from "./axes.ts";
import { epsilonReferenceText, figure, label, NARROW, noticeFigure, type Canvas } from "./figure.ts";
import { fourDecimals, percent } from "./format-number.ts";
import { legend } from "./legend.ts";
import { element, pathData, type Markup } from "./markup.ts";
import { meanCurve, type CurvePoint } from "./mean-curve.ts";
import { noReferenceSentence } from "./no-reference-sentence.ts";
import { seriesStyle } from "./series-style.ts";
import { summarise } from "./summarise.ts";
import { textWidth } from "./text-width.ts";

const TITLE = "Accuracy under FGS against its epsilon";
const LEFT = 54;
const LEVEL = 15;
/** Keeps the lowest labels clear of curves and markers at 100 %. */
const HEADROOM = 12;
const MARKERS_A_LINE = 8;

interface Plot {
  readonly x: Scale;
  readonly y: Scale;
}

/**
 * Accuracy of every model against FGS's epsilon, with the tabulated multiples of eps_ref marked (the report's Fig. 3.5).
 * Over several seeds: the mean, and a band from the lowest to the highest.
 */
export function accuracyEpsilonFigure(result: Result, canvas: Canvas): Markup {
  const { models, epsilonReference, factors } = summarise(result);
  const curves = models.map(({ runs }) => meanCurve(runs));
  if (epsilonReference === null) return noticeFigure(canvas, TITLE, noReferenceSentence(result));
  const narrow = canvas.width < NARROW;
  const [left, right] = [LEFT, canvas.width - 14];
  const x = scaleLinear([0, max(curves.flat(), ({ epsilon }) => epsilon) ?? 1], [left, right]);
  const marks = referenceMarks(factors, epsilonReference.mean, x, narrow);
  const top = 6 + HEADROOM + LEVEL * (1 + (max(marks, ({ level }) => level) ?? 0));
  const bottom = top + (narrow ? 250 : 360);
  const plot = { x, y: scaleLinear([0, 1], [bottom, top]) };
  const items = models.map(({ label: text }, series) => ({ series, text }));
  const key = legend(canvas, items, { left: narrow ? 14 : left, right, top: bottom + 44 });
  const text = {
    title: TITLE,
    description: describe(
      result,
      models.map(({ label: name }) => name),
    ),
  };
  return figure(
    canvas,
    bottom + 52 + key.height,
    text,
    leftAxis(canvas.theme, { scale: plot.y, title: "accuracy (%)", format: (v) => percent(v, 0) }, [
      left,
      right,
    ]),
    bottomAxis(canvas.theme, { scale: x, title: "ε of FGS (pixels in [0, 1])" }, bottom),
    marks.map((mark) => referenceLine(canvas, mark, bottom, top)),
    curves.map((curve, series) => curveBand(canvas, curve, series, plot)),
    curves.map((curve, series) => curveLine(canvas, curve, series, plot)),
    key.markup,
  );
}

interface ReferenceMark {
  readonly x: number;
  readonly factor: number;
  readonly value: string;
  readonly level: number;
}

/** The marked multiples of eps_ref, each label lifted until it stands clear of those before it. */
function referenceMarks(
  factors: readonly number[],
  reference: number,
  x: Scale,
  narrow: boolean,
): ReferenceMark[] {
  const ends: number[] = [];
  const [from, to] = x.range() as [number, number];
  const inside = [...factors].sort((a, b) => a - b).filter((factor) => x(factor * reference) <= to);
  return inside.map((factor) => {
    const value = narrow ? "" : ` = ${fourDecimals(factor * reference)}`;
    const half = textWidth(`${factor} εref${value}`, 11) / 2;
    const at = x(factor * reference);
    const start = Math.max(at - half, from);
    const free = ends.findIndex((end) => end + 8 < start);
    const level = free === -1 ? ends.length : free;
    ends[level] = start + 2 * half;
    return { x: at, factor, value, level };
  });
}

function referenceLine(
  { theme }: Canvas,
  { x, factor, value, level }: ReferenceMark,
  bottom: number,
  top: number,
): Markup {
  const y = top - HEADROOM - LEVEL * level;
  const halfText = textWidth(`${factor} εref${value}`, 11) / 2;
  return element(
    "g",
    {},
    element("path", {
      d: pathData`M${x},${bottom}V${y + 5}`,
      stroke: theme.muted,
      "stroke-dasharray": "3 3",
    }),
    label(theme, epsilonReferenceText(`${factor} `, value), {
      x: Math.max(x, LEFT + halfText),
      y,
      "text-anchor": "middle",
      "font-size": 11,
    }),
  );
}

function curveBand(
  { theme }: Canvas,
  curve: readonly CurvePoint[],
  series: number,
  { x, y }: Plot,
): Markup | null {
  if (curve.every(({ lowest, highest }) => lowest === highest)) return null;
  const band = area<CurvePoint>(
    ({ epsilon }) => x(epsilon),
    ({ lowest }) => y(lowest),
    ({ highest }) => y(highest),
  ).digits(2);
  return element("path", {
    d: band(curve) ?? "",
    fill: seriesStyle(theme, series).colour,
    "fill-opacity": 0.18,
  });
}

/** A line with a few markers, which begin elsewhere on every line so that they do not cover each other. */
function curveLine({ theme }: Canvas, curve: readonly CurvePoint[], series: number, { x, y }: Plot): Markup {
  const { colour, dash, marker } = seriesStyle(theme, series);
  const path = line<CurvePoint>(
    ({ epsilon }) => x(epsilon),
    ({ mean: accuracy }) => y(accuracy),
  ).digits(2);
  const every = Math.max(1, Math.round(curve.length / MARKERS_A_LINE));
  const marked = curve.filter((_, i) => i % every === (2 * series + 1) % every);
  return element(
    "g",
    {},
    element("path", { d: path(curve) ?? "", stroke: colour, "stroke-width": 2, "stroke-dasharray": dash }),
    marked.map(({ epsilon, mean: accuracy }) =>
      element("path", {
        d: marker,
        transform: pathData`translate(${x(epsilon)},${y(accuracy)})`,
        fill: colour,
      }),
    ),
  );
}

function describe({ seeds }: Result, names: readonly string[]): string {
  const over =
    seeds.length > 1
      ? ` Lines are means over ${seeds.length} seeds, bands go from the lowest to the highest.`
      : "";
  return `Falling curves for ${names.join(", ")}. Dashed vertical lines mark multiples of the reference epsilon.${over}`;
}
