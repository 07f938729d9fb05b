import { PAGE_THEME, seriesStyle } from "@gambeson/report";
import { area, line } from "d3-shape";
import { nothing, svg, type SVGTemplateResult } from "lit";
import type { ChartLayout } from "./chart-geometry.ts";
import type { ChartPoint, ChartSeries } from "./line-chart.ts";

type Scales = Pick<ChartLayout, "x" | "y">;

/** Markers on a line that has more than twice as many points. */
const MOST_MARKERS = 7;
/** Points nearer to the one before than that, in pixels, are not drawn. */
const INVISIBLE_PX = 0.4;

/** The area between the lowest and highest of a line; nothing where it has none. */
export function drawBand(
  { style, points, band }: ChartSeries,
  { x, y }: Scales,
): SVGTemplateResult | typeof nothing {
  if (band === undefined) return nothing;
  const shape = area<ChartPoint>(
    ([px]) => x(px),
    (_, i) => y(band[i]![0]),
    (_, i) => y(band[i]![1]),
  ).digits(2);
  return svg`<path d=${shape([...points]) ?? ""} fill=${seriesStyle(PAGE_THEME, style).colour} fill-opacity="0.15" />`;
}

/** A line with its markers. */
export function drawSeries(series: ChartSeries, scales: Scales): SVGTemplateResult {
  const look = seriesStyle(PAGE_THEME, series.style);
  const places = series.points.map(([px, py]): ChartPoint => [scales.x(px), scales.y(py)]);
  return svg`${drawPath(series, places)}${markerPlaces(places).map(
    ([cx, cy]) => svg`<path d=${look.marker} transform="translate(${cx},${cy})" fill=${look.colour} />`,
  )}`;
}

/** A line without markers, for small drawings. */
export function drawBareSeries(series: ChartSeries, { x, y }: Scales): SVGTemplateResult {
  return drawPath(
    series,
    series.points.map(([px, py]): ChartPoint => [x(px), y(py)]),
  );
}

function drawPath({ style, dash }: ChartSeries, places: readonly ChartPoint[]): SVGTemplateResult {
  const look = seriesStyle(PAGE_THEME, style);
  return svg`<path d=${line().digits(2)(visible(places) as [number, number][]) ?? ""} fill="none" stroke=${look.colour}
      stroke-width="2" stroke-linejoin="round" stroke-dasharray=${dash ?? look.dash ?? "none"} />`;
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
