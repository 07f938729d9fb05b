import { fitText, PAGE_THEME, seriesStyle, textWidth, ticksThatFit } from "@gambeson/report";
import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { numberText } from "../numbers.ts";
import { REFERENCE_ROW, type ChartLayout, type ChartStop } from "./chart-geometry.ts";
import { keyEntries } from "./chart-key.ts";
import { drawBand, drawSeries } from "./draw-series.ts";
import { CHART_FONT_SIZE, drawFile, drawSvg } from "./draw-svg.ts";
import type { LineChart } from "./line-chart.ts";

const KEY_ROW = 20;

export interface ChartMarks {
  /** The point that is read. */
  readonly stop?: ChartStop | null;
  /** An x that an upright line shows. */
  readonly cursor?: number | null;
}

/** The chart as an svg element of its layout's size, in the colours of `themeStyles`. The same chart and layout are drawn once. */
export function drawLineChart(chart: LineChart, layout: ChartLayout, marks: ChartMarks = {}): TemplateResult {
  // A pointer that moves changes the marks alone.
  const still = guard([chart, layout], () => drawStill(chart, layout));
  return drawSvg(layout, svg`${still} ${drawMarks(chart, layout, marks)}`);
}

/** The same with its title and its key below, as files must have them. */
export function drawLineChartFile(chart: LineChart, layout: ChartLayout, marks: ChartMarks): TemplateResult {
  const { width, height, left, right } = layout;
  return drawFile(
    { width, height: height + keyHeight(chart) },
    chart.title,
    svg`${drawStill(chart, layout)}${drawMarks(chart, layout, marks)}
      ${drawKeyRows(chart, { left, right, top: height })}`,
  );
}

/** All but the marks. */
function drawStill(chart: LineChart, layout: ChartLayout): SVGTemplateResult {
  return svg`${drawAxes(chart, layout)} ${drawReferences(layout)}
    ${chart.series.map((series) => drawBand(series, layout))}
    ${chart.series.map((series) => drawSeries(series, layout))}`;
}

function drawAxes({ x, y, hasDiagonal }: LineChart, layout: ChartLayout): SVGTemplateResult {
  const { left, right, top, bottom, height } = layout;
  const yTicks = layout.y
    .ticks(Math.max(2, Math.round((bottom - top) / 55)))
    .map((at) => ({ at, text: (y.tick ?? numberText)(at) }));
  const middle = (top + bottom) / 2;
  return svg`${yTicks.map(
    ({ at, text }) => svg`<path d="M${left},${layout.y(at)}H${right}" stroke="var(--grid)" />
      <text x=${left - 7} y=${layout.y(at) + 4} text-anchor="end" fill="var(--muted)">${text}</text>`,
  )}
  ${drawBottomTicks(layout, x.tick ?? numberText)}
  <path d="M${left},${bottom}H${right}" stroke="var(--muted)" />
  ${hasDiagonal === true ? drawDiagonal(layout) : nothing}
  <text x=${(left + right) / 2} y=${height - 8} text-anchor="middle" fill="var(--ink)">${x.label}</text>
  <text transform="translate(13,${middle}) rotate(-90)" text-anchor="middle" fill="var(--ink)">${y.label}</text>`;
}

/** Ticks below a plot, as many as stand apart; no word runs over the drawing's edge. */
export function drawBottomTicks(
  { x, left, right, bottom, width }: Pick<ChartLayout, "x" | "left" | "right" | "bottom" | "width">,
  format: (value: number) => string,
): SVGTemplateResult[] {
  return ticksThatFit(x, format, right - left).map(({ at, text }) => {
    const middle = Math.min(x(at), width - textWidth(text, CHART_FONT_SIZE) / 2);
    return svg`<path d="M${x(at)},${bottom}v5" stroke="var(--muted)" />
      <text x=${middle} y=${bottom + 18} text-anchor="middle" fill="var(--muted)">${text}</text>`;
  });
}

/** The straight line from x to y that two domains of the same kind share: what chance gives. */
export function drawDiagonal({ x, y }: Pick<ChartLayout, "x" | "y">): SVGTemplateResult | typeof nothing {
  const [low, high] = [Math.max(x.domain()[0]!, y.domain()[0]!), Math.min(x.domain()[1]!, y.domain()[1]!)];
  if (low >= high) return nothing;
  return svg`<path d="M${x(low)},${y(low)}L${x(high)},${y(high)}" stroke="var(--muted)" stroke-dasharray="1 4" />`;
}

function drawReferences({ references, top, bottom }: ChartLayout): SVGTemplateResult[] {
  return references.map(({ x, label, middle, row }) => {
    const y = top - 7 - REFERENCE_ROW * row;
    return svg`<path d="M${x},${bottom}V${label === null ? top : y + 5}" stroke="var(--muted)" stroke-dasharray="3 3" />
      ${label === null ? nothing : svg`<text x=${middle} y=${y} text-anchor="middle" fill="var(--ink)">${withSubscript(label)}</text>`}`;
  });
}

/** "0.5 ε_ref" with its index set low. */
function withSubscript(label: string): SVGTemplateResult {
  const [before, after] = label.split("_ref");
  if (after === undefined) return svg`${label}`;
  return svg`${before}<tspan dy="3" font-size="80%">ref</tspan>${after}`;
}

function drawMarks(
  chart: LineChart,
  { x, y, top, bottom }: ChartLayout,
  { stop, cursor }: ChartMarks,
): SVGTemplateResult {
  const point = chart.series.find(({ id }) => id === stop?.series)?.points[stop?.index ?? 0];
  return svg`${cursor == null ? nothing : svg`<path d="M${x(cursor)},${bottom}V${top}" stroke="var(--ink)" stroke-width="2" />`}
    ${point === undefined ? nothing : svg`<circle cx=${x(point[0])} cy=${y(point[1])} r="7" fill="none" stroke="var(--ink)" stroke-width="2.5" />`}`;
}

/** Height of a key with its note, in pixels. */
export function keyHeight({ series, note }: Pick<LineChart, "series" | "note">): number {
  return KEY_ROW * (keyEntries(series).length + (note === undefined ? 0 : 1)) + 8;
}

/** The key as rows below a drawing, from `top` down. */
export function drawKeyRows(
  { series, note }: Pick<LineChart, "series" | "note">,
  { left, right, top }: { readonly left: number; readonly right: number; readonly top: number },
): SVGTemplateResult {
  const entries = keyEntries(series);
  const yOf = (row: number) => top + KEY_ROW * row + 12;
  return svg`${entries.map(({ style, dash, label, value }, i) => {
    const behind = value === undefined ? "" : `: ${value}`;
    const room = right - left - 36 - textWidth(behind, CHART_FONT_SIZE);
    return svg`<g transform="translate(${left},${yOf(i) - 10})">${keySample(style, dash)}</g>
      <text x=${left + 36} y=${yOf(i)} fill="var(--ink)">${fitText(label, room, CHART_FONT_SIZE)}${behind}</text>`;
  })}
  ${note === undefined ? nothing : svg`<text x=${left} y=${yOf(entries.length)} fill="var(--muted)">${note}</text>`}`;
}

/** A piece of a line, 28 x 12 pixels, as it stands in keys and tables. */
export function drawKey(style: number, dash?: string): TemplateResult {
  return html`<svg viewBox="0 0 28 12" width="28" height="12" class="key" aria-hidden="true">
    ${keySample(style, dash)}
  </svg>`;
}

function keySample(style: number, dash: string | undefined): SVGTemplateResult {
  const look = seriesStyle(PAGE_THEME, style);
  return svg`<path d="M0,6h28" stroke=${look.colour} stroke-width="2" fill="none" stroke-dasharray=${dash ?? look.dash ?? "none"} />
    <path d=${look.marker} transform="translate(14,6)" fill=${look.colour} />`;
}
