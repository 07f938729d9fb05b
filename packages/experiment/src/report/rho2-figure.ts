import { max, sum } from "d3-array";
import { scaleLinear } from "d3-scale";
import type { Result } from "@gambeson/contract";
import { bottomAxis, type Scale } from "./axes.ts";
import { figure, FONT_SIZE, label, NARROW, type Canvas } from "./figure.ts";
import { fourDecimals, percent, statisticText } from "./format-number.ts";
import { element, pathData, type Markup } from "./markup.ts";
import { seriesStyle } from "./series-style.ts";
import { summarise, type ModelSummary } from "./summarise.ts";
import { BOLD, fitText, textWidth, wrapText } from "./text-width.ts";

const TITLE = "ρ₂: how large DeepFool's perturbation is, relative to the image";
const HILL = 46;
const BAR = 16;
const ROW = HILL + BAR + 18;
/** The axis ends where all but this share of the images of every model lie before it. */
const BEYOND = 0.015;

/** Shares of images a bin, over all seeds; bin i starts at i * width. */
interface Distribution {
  readonly width: number;
  readonly shares: readonly number[];
}

/** A bar for each model's rho2, over the distribution of rho over the images. */
export function rho2Figure(result: Result, canvas: Canvas): Markup {
  const { models } = summarise(result);
  const narrow = canvas.width < NARROW;
  const left = narrow ? 14 : 150;
  const rowHeight = ROW + (narrow ? 20 : 0);
  const distributions = models.map(distributionOf);
  const valueRoom = textWidth(widestValue(models), FONT_SIZE * BOLD) + 16;
  const x = axisScale(models, distributions, left, canvas.width - 14, valueRoom);
  const tallest = max(distributions, ({ shares, width }) => (max(shares) ?? 0) / width) ?? 1;
  const bottom = 8 + rowHeight * models.length;
  const rows = models.map((model, series) => {
    const base = 8 + rowHeight * (series + 1) - BAR - 10;
    return [
      rowLabel(canvas, model, base, narrow),
      hill(canvas, distributions[series]!, { series, base, x, tallest }),
      bar(canvas, model, { series, base, x }),
    ];
  });
  const axis = { scale: x, title: "|Δx| / |x| of one image (hills) and its mean ρ₂ (bars)" };
  const grid = x
    .ticks(6)
    .map((at) => element("path", { d: pathData`M${x(at)},8V${bottom}`, stroke: canvas.theme.grid }));
  return figure(
    canvas,
    bottom + 44,
    { title: TITLE, description: describe(models) },
    grid,
    rows,
    bottomAxis(canvas.theme, axis, bottom),
  );
}

function distributionOf({ runs }: ModelSummary): Distribution {
  const { upTo, counts } = runs[0]!.robustness.histogram;
  const same = runs.filter(
    ({ robustness: { histogram: h } }) => h.upTo === upTo && h.counts.length === counts.length,
  );
  const totals = counts.map((_, i) => sum(same, ({ robustness }) => robustness.histogram.counts[i]!));
  const all = Math.max(1, sum(totals));
  return { width: upTo / Math.max(1, counts.length), shares: totals.map((total) => total / all) };
}

/** From 0 to where nearly all images lie, and so far that every bar's number fits behind it. */
function axisScale(
  models: readonly ModelSummary[],
  distributions: readonly Distribution[],
  left: number,
  right: number,
  valueRoom: number,
): Scale {
  const hillEnd = max(distributions, endOf) ?? 0;
  const barEnd = max(models, ({ rho2 }) => rho2.mean + (rho2.deviation ?? 0)) ?? 0;
  const room = (right - left) / Math.max(1, right - left - valueRoom);
  return scaleLinear([0, Math.max(hillEnd, barEnd * room, 1e-6)], [left, right]);
}

function endOf({ width, shares }: Distribution): number {
  let beyond = 1;
  const last = shares.findIndex((share) => (beyond -= share) < BEYOND);
  return width * (last === -1 ? shares.length : last + 1);
}

function rowLabel({ theme }: Canvas, { label: name }: ModelSummary, base: number, narrow: boolean): Markup[] {
  if (narrow)
    return [
      label(theme, fitText(name, 320, FONT_SIZE * BOLD), { x: 14, y: base - HILL - 6, "font-weight": 600 }),
    ];
  const lines = wrapText(name, 130, FONT_SIZE * BOLD, 3);
  return lines.map((text, i) =>
    label(theme, text, {
      x: 138,
      y: base + 12 - 15 * (lines.length - 1 - i),
      "text-anchor": "end",
      "font-weight": 600,
    }),
  );
}

interface Row {
  readonly series: number;
  /** Where the hill stands and the bar hangs. */
  readonly base: number;
  readonly x: Scale;
}

function hill(
  canvas: Canvas,
  { width, shares }: Distribution,
  row: Row & { readonly tallest: number },
): Markup {
  const { colour } = seriesStyle(canvas.theme, row.series);
  const [, right] = row.x.range() as [number, number];
  const steps = shares.flatMap((share, i) => {
    const [from, to] = [row.x(i * width), Math.min(row.x((i + 1) * width), right)];
    if (from >= right) return [];
    const y = row.base - (share / width / Math.max(row.tallest, 1e-12)) * HILL;
    return [pathData`V${y}H${to}`];
  });
  const d = pathData`M${row.x(0)},${row.base}` + steps.join("") + pathData`V${row.base}Z`;
  return element("path", {
    d,
    fill: colour,
    "fill-opacity": 0.28,
    stroke: colour,
    "stroke-opacity": 0.6,
    "stroke-width": 0.75,
  });
}

function bar({ theme }: Canvas, { rho2 }: ModelSummary, { series, base, x }: Row): Markup {
  const { colour } = seriesStyle(theme, series);
  const end = x(rho2.mean);
  const spread = rho2.deviation ?? 0;
  const [low, high] = [x(Math.max(0, rho2.mean - spread)), x(rho2.mean + spread)];
  const y = base + BAR / 2;
  const whisker = pathData`M${low},${y}H${high}M${low},${y - 4}v8M${high},${y - 4}v8`;
  return element(
    "g",
    {},
    element("rect", { x: x(0), y: base + 1, width: Math.max(0, end - x(0)), height: BAR - 1, fill: colour }),
    spread > 0 ? element("path", { d: whisker, stroke: theme.ink, "stroke-width": 1.5 }) : null,
    label(theme, statisticText(rho2, fourDecimals), {
      x: Math.max(end, high) + 7,
      y: y + 4.5,
      "font-weight": 600,
    }),
  );
}

function widestValue(models: readonly ModelSummary[]): string {
  return models
    .map(({ rho2 }) => statisticText(rho2, fourDecimals))
    .reduce((a, b) => (a.length >= b.length ? a : b), "");
}

function describe(models: readonly ModelSummary[]): string {
  const parts = models.map(({ label: name, rho2, runs }) => {
    const fooled =
      sum(runs, ({ robustness }) => robustness.fooled.count) /
      Math.max(
        1,
        sum(runs, ({ robustness }) => robustness.fooled.of),
      );
    return `${name} ${statisticText(rho2, fourDecimals)} (${percent(fooled, 1)} % of images fooled)`;
  });
  return `Bars give ρ₂: ${parts.join("; ")}. The hill above each bar is the distribution over test images, all on one scale.`;
}
