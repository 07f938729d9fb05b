import { max, min, sum } from "d3-array";
import { scaleLinear } from "d3-scale";
import type { Result } from "@gambeson/contract";
import { bottomAxis, leftAxis, type Scale } from "./axes.ts";
import { figure, FONT_SIZE, label, NARROW, noticeFigure, type Canvas } from "./figure.ts";
import { fourDecimals, statisticText } from "./format-number.ts";
import { element, pathData, type Markup } from "./markup.ts";
import { heightAt, meanRoc, type RocPoint } from "./mean-roc.ts";
import { seriesSample, seriesStyle } from "./series-style.ts";
import { IMAGE_SETS, summarise, type ImageSet, type ModelSummary, type Statistic } from "./summarise.ts";
import { BOLD, fitText, textWidth, wrapText } from "./text-width.ts";

/** What each image set is called in figures and tables. */
export const IMAGE_SET_TITLES: Readonly<Record<ImageSet, string>> = {
  benign: "Benign images",
  transferred: "DeepFool images, transferred",
  own: "DeepFool images, own",
};
/** The corner that the inset shows: false positives up to 0.2, true positives from 0.8. */
const CORNER = 0.2;
/** The inset stands where no curve of at least this AUC comes near. */
const INSET_FROM_AUC = 0.9;
const [LEGEND_LINE, LEGEND_GAP] = [15, 6];

interface Curve {
  readonly series: number;
  readonly label: string;
  readonly points: readonly RocPoint[];
  readonly auc: Statistic | null;
}
interface Place {
  readonly left: number;
  readonly top: number;
  readonly size: number;
}

/** ROC of one class against the rest, a panel for each image set, a curve for each model, its AUC in the legend. */
export function rocFigure(result: Result, classIndex: number, canvas: Canvas): Markup {
  const { models, classNames } = summarise(result);
  const name = classNames[classIndex];
  const title = `ROC of class ${classIndex}${name === undefined ? "" : ` (${name})`} against the rest`;
  if (name === undefined) return noticeFigure(canvas, title, `The data set has no class ${classIndex}.`);

  const narrow = canvas.width < NARROW;
  const [first, gap] = [46, 50];
  const size = narrow ? canvas.width - first - 14 : (canvas.width - first - 14 - 2 * gap) / 3;
  const lines =
    max(IMAGE_SETS, (images) =>
      sum(curvesOf(models, images, classIndex), (curve) => legendLines(curve, size).length),
    ) ?? 0;
  const height = 40 + size + 46 + LEGEND_LINE * lines + LEGEND_GAP * models.length;
  const panels = IMAGE_SETS.map((images, i) => {
    const place = {
      left: first + (narrow ? 0 : i * (size + gap)),
      top: 32 + (narrow ? i * (height + 14) : 0),
      size,
    };
    return panel(canvas, IMAGE_SET_TITLES[images], curvesOf(models, images, classIndex), place);
  });
  const text = { title, description: describe(result, models) };
  return figure(canvas, narrow ? 3 * height + 36 : height + 8, text, panels);
}

function curvesOf(models: readonly ModelSummary[], images: ImageSet, classIndex: number): readonly Curve[] {
  return models.map(({ label: name, runs, auc }, series) => ({
    series,
    label: name,
    points: meanRoc(runs.flatMap(({ roc }) => roc[images].filter((curve) => curve.class === classIndex))),
    auc: auc[images][classIndex] ?? null,
  }));
}

function panel(canvas: Canvas, title: string, curves: readonly Curve[], place: Place): Markup {
  const { left, top, size } = place;
  const { theme } = canvas;
  const x = scaleLinear([0, 1], [left, left + size]);
  const y = scaleLinear([0, 1], [top + size, top]);
  const smallest = min(curves, ({ auc }) => auc?.mean) ?? 0;
  return element(
    "g",
    {},
    label(theme, fitText(title, size + 30, 13 * BOLD), {
      x: left,
      y: top - 14,
      "font-weight": 600,
      "font-size": 13,
    }),
    leftAxis(theme, { scale: y, title: "true positive rate" }, [left, left + size], 34),
    bottomAxis(theme, { scale: x, title: "false positive rate" }, top + size),
    element("path", {
      d: pathData`M${x(0)},${y(0)}L${x(1)},${y(1)}`,
      stroke: theme.muted,
      "stroke-dasharray": "1 4",
    }),
    curves.map((curve) => curveLine(canvas, curve, x, y)),
    smallest >= INSET_FROM_AUC ? inset(canvas, curves, place) : null,
    legendRows(canvas, curves, place),
  );
}

function curveLine({ theme }: Canvas, { series, points }: Curve, x: Scale, y: Scale): Markup {
  const { colour, dash, marker } = seriesStyle(theme, series);
  const d = pathOf(points.map(([fpr, tpr]): RocPoint => [x(fpr), y(tpr)]));
  const markedAt = x.domain()[1]! * (0.14 + 0.12 * (series % 7)); // elsewhere on every curve
  const marked = points.length === 0 ? null : ([x(markedAt), y(heightAt(points, markedAt))] as const);
  return element(
    "g",
    {},
    element("path", {
      d,
      stroke: colour,
      "stroke-width": 1.75,
      "stroke-dasharray": dash,
      "stroke-linejoin": "round",
    }),
    marked &&
      element("path", {
        d: marker,
        transform: pathData`translate(${marked[0]},${marked[1]})`,
        fill: colour,
      }),
  );
}

/** A path in pixels without the points that nobody can tell from the one before. */
function pathOf(points: readonly RocPoint[]): string {
  let [lastX, lastY] = [-Infinity, -Infinity];
  const kept = points.filter(([x, y], i) => {
    const near = Math.abs(x - lastX) < 0.4 && Math.abs(y - lastY) < 0.4;
    if (near && i < points.length - 1) return false;
    [lastX, lastY] = [x, y];
    return true;
  });
  return kept.map(([x, y], i) => (i === 0 ? pathData`M${x},${y}` : pathData`L${x},${y}`)).join("");
}

/** The upper left corner, enlarged; the nested svg clips what lies outside it. */
function inset(canvas: Canvas, curves: readonly Curve[], { left, top, size }: Place): Markup {
  const { theme } = canvas;
  const side = size * 0.56;
  const [x0, y0] = [left + size - side - 8, top + size - side - 26];
  const x = scaleLinear([0, CORNER], [0, side]);
  const y = scaleLinear([1 - CORNER, 1], [side, 2]);
  const corner = curves.map((curve) => ({
    ...curve,
    points: curve.points.filter(([fpr], i) => fpr <= CORNER || (curve.points[i - 1]?.[0] ?? 1) <= CORNER),
  }));
  const note = { "font-size": 10, fill: theme.muted };
  return element(
    "g",
    {},
    element(
      "svg",
      { x: x0, y: y0, width: side, height: side, overflow: "hidden" },
      element("rect", { width: side, height: side, fill: theme.paper }),
      corner.map((curve) => curveLine(canvas, curve, x, y)),
    ),
    element("rect", { x: x0, y: y0, width: side, height: side, stroke: theme.muted }),
    label(theme, "0", { x: x0, y: y0 + side + 12, "text-anchor": "middle", ...note }),
    label(theme, String(CORNER), { x: x0 + side, y: y0 + side + 12, "text-anchor": "middle", ...note }),
    label(theme, String(1 - CORNER), { x: x0 - 3, y: y0 + side, "text-anchor": "end", ...note }),
    label(theme, "1", { x: x0 - 3, y: y0 + 9, "text-anchor": "end", ...note }),
  );
}

function legendRows(
  { theme }: Canvas,
  curves: readonly Curve[],
  { left, top, size }: Place,
): readonly Markup[] {
  let y = top + size + 58;
  return curves.map((curve) => {
    const lines = legendLines(curve, size);
    const row = element(
      "g",
      {},
      seriesSample(seriesStyle(theme, curve.series), left, y - 4),
      lines.map((text, i) => label(theme, text, { x: left + 36, y: y + LEGEND_LINE * i })),
      label(theme, aucText(curve), { x: left + size, y, "text-anchor": "end", "font-weight": 600 }),
    );
    y += LEGEND_LINE * lines.length + LEGEND_GAP;
    return row;
  });
}

/** A curve's name, broken so that its AUC stands free beside it. */
function legendLines(curve: Curve, size: number): readonly string[] {
  return wrapText(curve.label, size - 36 - textWidth(aucText(curve), FONT_SIZE * BOLD) - 8, FONT_SIZE, 3);
}

function aucText({ auc }: Curve): string {
  return statisticText(auc, fourDecimals);
}

function describe({ seeds }: Result, models: readonly ModelSummary[]): string {
  const averaged =
    seeds.length > 1 ? ` Curves are means over ${seeds.length} seeds at equal false positive rates.` : "";
  return `Three panels, one for each set of images, with a curve for each of ${models.map(({ label: name }) => name).join(", ")}; numbers in the legend are areas under the curves.${averaged} An inset enlarges the upper left corner where the curves crowd there.`;
}
