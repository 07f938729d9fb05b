import { max, sum } from "d3-array";
import { scaleLinear } from "d3-scale";
import type { Result } from "@gambeson/contract";
import { bottomAxis, type Scale } from "./axes.ts";
import { figure, FONT_SIZE, label, NARROW, type Canvas } from "./figure.ts";
import { fourDecimals, percent, statisticText } from "./format-number.ts";
import { element, pathData, type Markup } from "./markup.ts";
import { rhoDistributions, type RhoDistribution, type RhoDistributions } from "./rho-distributions.ts";
import { rho2AxisEnd, rho2Hills, type Hill, type HillBlock } from "./rho2-hills.ts";
import { seriesStyle } from "./series-style.ts";
import { summarise, type ModelSummary } from "./summarise.ts";
import { BOLD, fitText, textWidth, wrapText } from "./text-width.ts";

const TITLE = "ρ₂: how large DeepFool's perturbation is, relative to the image";
const HILL = 46;
const BAR = 16;
const ROW = HILL + BAR + 18;
const NOTE_SIZE = 11;
/** A share of images below which that block has no number. */
const WORTH_SAYING = 0.0005;

/** A bar for each model's rho2, over the distribution of rho over the images. */
export function rho2Figure(result: Result, canvas: Canvas): Markup {
  const { models } = summarise(result);
  const narrow = canvas.width < NARROW;
  const left = narrow ? 14 : 150;
  const rowHeight = ROW + (narrow ? 20 : 0);
  const distributions = rhoDistributions(models);
  const valueRoom = textWidth(widestValue(models), FONT_SIZE * BOLD) + 16;
  const [right, width] = [canvas.width - 14, canvas.width - 14 - left];
  const axisEnd = rho2AxisEnd(models, distributions.end, { width, valueRoom });
  const x = scaleLinear([0, axisEnd], [left, right]);
  const hills = rho2Hills(distributions, axisEnd);
  const notes = distributions.models.map((model) => noteOf(model, distributions.end));
  const bottom = 8 + rowHeight * models.length;
  const rows = models.map((model, series) => {
    const base = 8 + rowHeight * (series + 1) - BAR - 10;
    return [
      rowLabel(canvas, model, base, narrow),
      hill(canvas, hills[series]!, notes[series]!, { series, base, x }),
      bar(canvas, model, { series, base, x }),
    ];
  });
  const title = "|Δx| / |x| of one image (hills) and its mean ρ₂ (bars)";
  return figure(
    canvas,
    bottom + 44,
    { title: TITLE, description: describe(models, distributions) },
    bottomAxis(canvas.theme, { scale: x, title, gridTop: 8 }, bottom),
    rows,
  );
}

function noteOf({ beyond }: RhoDistribution, end: number): string {
  return beyond < WORTH_SAYING ? "" : `${percent(beyond, 1)} % at ${Number(end.toPrecision(6))} or more`;
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

function hill({ theme }: Canvas, { bins, rest }: Hill, note: string, { series, base, x }: Row): Markup {
  const { colour } = seriesStyle(theme, series);
  const outline = (blocks: readonly HillBlock[], from: number) =>
    pathData`M${x(from)},${base}` +
    blocks.map(({ to, height }) => pathData`V${base - height * HILL}H${x(to)}`).join("") +
    pathData`V${base}Z`;
  const style = { fill: colour, stroke: colour, "stroke-opacity": 0.6, "stroke-width": 0.75 };
  const right = x(rest.to);
  const noteLeft = right - textWidth(note, NOTE_SIZE);
  const under = max([...bins.filter(({ to }) => x(to) > noteLeft), rest], ({ height }) => height * HILL) ?? 0;
  return element(
    "g",
    {},
    element("path", { d: outline(bins, 0), "fill-opacity": 0.28, ...style }),
    rest.height === 0
      ? null
      : element("path", {
          ...{ d: outline([rest], rest.from), "fill-opacity": 0.12, "stroke-dasharray": "2 2", ...style },
        }),
    note === ""
      ? null
      : label(theme, note, {
          x: right,
          y: base - Math.min(under + 4, HILL - 10),
          "text-anchor": "end",
          "font-size": NOTE_SIZE,
        }),
  );
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

function describe(models: readonly ModelSummary[], { end, models: distributions }: RhoDistributions): string {
  const parts = models.map(({ label: name, rho2, runs }, i) => {
    const fooled =
      sum(runs, ({ robustness }) => robustness.fooled.count) /
      Math.max(
        1,
        sum(runs, ({ robustness }) => robustness.fooled.of),
      );
    const note = noteOf(distributions[i]!, end);
    return `${name} ${statisticText(rho2, fourDecimals)} (${percent(fooled, 1)} % of images fooled${note === "" ? "" : `, ${note}`})`;
  });
  return `Bars give ρ₂: ${parts.join("; ")}. The hill above each bar is the distribution over test images, all on one scale; its dashed block holds all images further out.`;
}
