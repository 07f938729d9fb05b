import { fitText } from "@gambeson/report";
import { scaleLinear } from "d3-scale";
import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from "lit";
import { drawDiagonal, drawKeyRows, keyHeight } from "./draw-line-chart.ts";
import { drawBareSeries } from "./draw-series.ts";
import { CHART_FONT_SIZE, drawSvg } from "./draw-svg.ts";
import type { LineChart } from "./line-chart.ts";

/** A chart as one of many: square, its lines in a frame, without words. */
export interface SmallChart {
  readonly label: string;
  readonly chart: LineChart;
}

const [GAP, LABEL_ROOM, EDGE] = [16, 22, 8] as const;

/** A chart's lines in a frame, as a square svg element. @param side In pixels. */
export function drawSmallChart({ chart }: SmallChart, side: number): TemplateResult {
  return html`<svg viewBox="0 0 ${side} ${side}" width=${side} height=${side} aria-hidden="true">
    ${drawFramed(chart, side)}
  </svg>`;
}

/** Many charts with their labels and one key as one drawing, as a file has them. */
export function drawSmallCharts(
  charts: readonly SmallChart[],
  { side, columns, title }: { readonly side: number; readonly columns: number; readonly title: string },
): TemplateResult {
  const [stepX, stepY] = [side + GAP, side + GAP + LABEL_ROOM];
  const width = 2 * EDGE + columns * stepX - GAP;
  const bottom = EDGE + LABEL_ROOM + Math.ceil(charts.length / columns) * stepY;
  const first = charts[0]?.chart;
  // What the lines of all are; values are each chart's own.
  const key = {
    series: (first?.series ?? []).map(({ id, label, style, points }) => ({ id, label, style, points })),
    note: axesText(first),
  };
  const height = bottom + keyHeight(key) + EDGE;
  return drawSvg(
    { width, height },
    svg`<title>${title}</title>
    <text x=${EDGE} y="20" fill="var(--ink)">${fitText(title, width - 2 * EDGE, CHART_FONT_SIZE)}</text>
    ${charts.map(
      ({ label, chart }, i) =>
        svg`<g transform="translate(${EDGE + (i % columns) * stepX},${EDGE + LABEL_ROOM + Math.floor(i / columns) * stepY})">
          <text y="15" fill="var(--ink)">${fitText(label, side, CHART_FONT_SIZE)}</text>
          <g transform="translate(0,${LABEL_ROOM})">${drawFramed(chart, side)}</g>
        </g>`,
    )}
    ${drawKeyRows(key, { left: EDGE, right: width - EDGE, top: bottom })}`,
  );
}

/** "Across: false positive rate, 0 to 1; up: true positive rate, 0 to 1." */
export function axesText(chart: LineChart | undefined): string {
  if (chart === undefined) return "";
  const { x, y } = chart;
  const range = ({ label, domain: [low, high] }: LineChart["x"]) => `${label}, ${low} to ${high}`;
  return `Across: ${range(x)}; up: ${range(y)}.`;
}

function drawFramed({ x, y, hasDiagonal, series }: LineChart, side: number): SVGTemplateResult {
  const scales = {
    x: scaleLinear(x.domain, [1, side - 1]),
    y: scaleLinear(y.domain, [side - 1, 1]),
  };
  return svg`<rect x="0.5" y="0.5" width=${side - 1} height=${side - 1} fill="none" stroke="var(--muted)" />
    ${hasDiagonal === true ? drawDiagonal(scales) : nothing}
    ${series.map((one) => drawBareSeries(one, scales))}`;
}
