import { PAGE_THEME, seriesStyle } from "@gambeson/report";
import { area, line } from "d3-shape";
import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from "lit";
import type { ChartLayout, ChartStop } from "./chart-geometry.ts";
import { numberText } from "../numbers.ts";
import type { ChartAxis, ChartPoint, ChartSeries, LineChart } from "./line-chart.ts";

/** Markers on a line that has more points than this. */
const MOST_MARKERS = 7;
/** Points nearer to the one before than that, in pixels, are not drawn. */
const INVISIBLE_PX = 0.4;
const KEY_ROW = 20;
export const CHART_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

export interface ChartMarks {
  /** The point that is read. */
  readonly stop?: ChartStop | null;
  /** An x that an upright line shows. */
  readonly cursor?: number | null;
  /** Whether the drawing names its lines itself, as files must. */
  readonly hasKey?: boolean;
}

/** The chart as an svg element of its layout's size, in the colours of `themeStyles`. */
export function drawLineChart(chart: LineChart, layout: ChartLayout, marks: ChartMarks = {}): TemplateResult {
  const { width, height } = layout;
  const total = height + (marks.hasKey === true ? KEY_ROW * chart.series.length + 8 : 0);
  return html`<svg
    xmlns="http://www.w3.org/2000/svg"
    viewBox="0 0 ${width} ${total}"
    width=${width}
    height=${total}
    font-family=${CHART_FONT}
    font-size="12"
    aria-hidden="true"
  >
    ${drawAxes(chart, layout)} ${drawReferences(chart, layout)}
    ${chart.series.map((series) => drawBand(series, layout))}
    ${chart.series.map((series) => drawSeries(series, layout))} ${drawMarks(chart, layout, marks)}
    ${marks.hasKey === true ? drawKeyRows(chart, layout) : nothing}
  </svg>`;
}

function drawAxes({ x, y, hasDiagonal }: LineChart, layout: ChartLayout): SVGTemplateResult {
  const { left, right, top, bottom, height } = layout;
  const yTicks = layout.y.ticks(Math.max(2, Math.round((bottom - top) / 55)));
  const xTicks = layout.x.ticks(Math.max(2, Math.round((right - left) / 85)));
  const middle = (top + bottom) / 2;
  return svg`${yTicks.map(
    (tick) => svg`<path d="M${left},${layout.y(tick)}H${right}" stroke="var(--grid)" />
      <text x=${left - 7} y=${layout.y(tick) + 4} text-anchor="end" fill="var(--muted)">${tickText(y, tick)}</text>`,
  )}
  ${xTicks.map(
    (tick) => svg`<path d="M${layout.x(tick)},${bottom}v5" stroke="var(--muted)" />
      <text x=${layout.x(tick)} y=${bottom + 18} text-anchor="middle" fill="var(--muted)">${tickText(x, tick)}</text>`,
  )}
  <path d="M${left},${bottom}H${right}" stroke="var(--muted)" />
  ${hasDiagonal === true ? svg`<path d="M${left},${bottom}L${right},${top}" stroke="var(--muted)" stroke-dasharray="1 4" />` : nothing}
  <text x=${(left + right) / 2} y=${height - 8} text-anchor="middle" fill="var(--ink)">${x.label}</text>
  <text transform="translate(13,${middle}) rotate(-90)" text-anchor="middle" fill="var(--ink)">${y.label}</text>`;
}

function tickText({ tick = numberText }: ChartAxis, value: number): string {
  return tick(value);
}

function drawReferences(
  { references = [] }: LineChart,
  { x, top, bottom }: ChartLayout,
): SVGTemplateResult[] {
  return references.map(
    (
      reference,
    ) => svg`<path d="M${x(reference.x)},${bottom}V${top}" stroke="var(--muted)" stroke-dasharray="3 3" />
      <text x=${x(reference.x)} y=${top - 7} text-anchor="middle" fill="var(--ink)">${withSubscript(reference.label)}</text>`,
  );
}

/** "0.5 ε_ref" with its index set low. */
function withSubscript(label: string): SVGTemplateResult {
  const [before, after] = label.split("_ref");
  if (after === undefined) return svg`${label}`;
  return svg`${before}<tspan dy="3" font-size="80%">ref</tspan>${after}`;
}

function drawBand(
  { style, points, band }: ChartSeries,
  { x, y }: ChartLayout,
): SVGTemplateResult | typeof nothing {
  if (band === undefined) return nothing;
  const shape = area<ChartPoint>(
    ([px]) => x(px),
    (_, i) => y(band[i]![0]),
    (_, i) => y(band[i]![1]),
  ).digits(2);
  return svg`<path d=${shape([...points]) ?? ""} fill=${seriesStyle(PAGE_THEME, style).colour} fill-opacity="0.15" />`;
}

function drawSeries({ style, dash, points }: ChartSeries, { x, y }: ChartLayout): SVGTemplateResult {
  const look = seriesStyle(PAGE_THEME, style);
  const places = points.map(([px, py]): ChartPoint => [x(px), y(py)]);
  return svg`<path d=${line().digits(2)(visible(places) as [number, number][]) ?? ""} fill="none" stroke=${look.colour}
      stroke-width="2" stroke-linejoin="round" stroke-dasharray=${dash ?? look.dash ?? "none"} />
    ${markerPlaces(places).map(
      ([cx, cy]) => svg`<path d=${look.marker} transform="translate(${cx},${cy})" fill=${look.colour} />`,
    )}`;
}

/** The points that can be told from the one before. */
function visible(places: readonly ChartPoint[]): readonly ChartPoint[] {
  let [lastX, lastY] = [-Infinity, -Infinity];
  return places.filter(([px, py], i) => {
    const isNear = Math.abs(px - lastX) < INVISIBLE_PX && Math.abs(py - lastY) < INVISIBLE_PX;
    if (isNear && i < places.length - 1) return false;
    [lastX, lastY] = [px, py];
    return true;
  });
}

/** Every point of a short line; some of a long one, at equal distances along it. */
function markerPlaces(places: readonly ChartPoint[]): readonly ChartPoint[] {
  if (places.length <= 2 * MOST_MARKERS) return places;
  let walked = 0;
  const lengths = places.map(([px, py], i) => {
    const [beforeX, beforeY] = places[Math.max(0, i - 1)]!;
    walked += Math.hypot(px - beforeX, py - beforeY);
    return walked;
  });
  return Array.from({ length: MOST_MARKERS }, (_, i) => {
    const wanted = ((i + 0.5) / MOST_MARKERS) * walked;
    return places[lengths.findIndex((length) => length >= wanted)]!;
  });
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

function drawKeyRows({ series }: LineChart, { left, height }: ChartLayout): SVGTemplateResult[] {
  return series.map(({ style, dash, label, value }, i) => {
    const y = height + KEY_ROW * i + 8;
    return svg`<g transform="translate(${left},${y - 6})">${keySample(style, dash)}</g>
      <text x=${left + 36} y=${y + 4} fill="var(--ink)">${label}${value === undefined ? "" : `  ${value}`}</text>`;
  });
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
