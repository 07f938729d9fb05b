import { CHART_FONT_SIZE, drawFile, drawSvg } from "@gambeson/elements";
import { fourDecimalsText } from "@gambeson/elements/numbers";
import { fitText, PAGE_THEME, seriesStyle } from "@gambeson/report";
import { nothing, svg, type SVGTemplateResult, type TemplateResult } from "lit";
import type { ComparedBar, ComparedBars } from "../view-models/compare-bars.ts";
import { letterOf } from "../view-models/compared-runs.ts";

/** In pixels. */
const [BAR, GAP, HEAD, GROUP_GAP, NUMBER_ROOM, BOLD] = [16, 5, 22, 12, 60, 1.12] as const;

/** In pixels; the comparison's tables have the same. */
export const NARROW = 560;

export const BARS_TITLE = "ρ₂ of every model and run, on one scale";

/** Where the bars lie in a drawing, in pixels. */
export interface BarsLayout {
  readonly width: number;
  readonly height: number;
  /** Whether letters stand for the runs' names. */
  readonly isNarrow: boolean;
  /** Left edge of the bars, right of the runs' names. */
  readonly left: number;
  readonly rows: readonly BarRow[];
}

interface BarRow {
  readonly bar: ComparedBar;
  /** Whether its model's name stands above it. */
  readonly isFirst: boolean;
  readonly top: number;
  readonly length: number;
}

export function layOutCompareBars({ bars, end }: ComparedBars, width: number): BarsLayout {
  const isNarrow = width < NARROW;
  const left = isNarrow ? 48 : 220;
  let y = 0;
  const rows = bars.map((bar, i): BarRow => {
    const isFirst = bar.model !== bars[i - 1]?.model;
    const top = y + (isFirst ? HEAD + (i === 0 ? 0 : GROUP_GAP) : 0);
    y = top + BAR + GAP;
    const length = end === 0 ? 0 : ((width - left - NUMBER_ROOM) * bar.rho2) / end;
    return { bar, isFirst, top, length };
  });
  return { width, height: y, isNarrow, left, rows };
}

/** Position of the bar that is nearest to a height in the drawing; null where there is none. */
export function nearestBar({ rows }: BarsLayout, y: number): number | null {
  const distances = rows.map(({ top }) => Math.abs(top + BAR / 2 - y));
  return rows.length === 0 ? null : distances.indexOf(Math.min(...distances));
}

/** The bars, each with its run's name and number. @param read Position of the one that is read. */
export function drawCompareBars(layout: BarsLayout, read: number | null): TemplateResult {
  return drawSvg(layout, drawRows(layout, read));
}

/** The same with its title, as files have it. */
export function drawCompareBarsFile(layout: BarsLayout): TemplateResult {
  return drawFile(layout, BARS_TITLE, drawRows(layout, null));
}

function drawRows(layout: BarsLayout, read: number | null): SVGTemplateResult {
  return svg`${layout.rows.map((row, i) => drawRow(row, layout, i === read))}`;
}

function drawRow(
  { bar, isFirst, top, length }: BarRow,
  { left, width, isNarrow }: BarsLayout,
  isRead: boolean,
): SVGTemplateResult {
  const { colour, dash, marker } = seriesStyle(PAGE_THEME, bar.style);
  const middle = top + BAR / 2;
  const heading = fitText(bar.modelLabel, width, CHART_FONT_SIZE * BOLD);
  return svg`${isFirst ? svg`<text x="0" y=${top - 7} font-weight="600" fill="var(--ink)">${heading}</text>` : nothing}
    <path d=${marker} transform="translate(7,${middle})" fill=${colour} />
    <text x="20" y=${middle + 4} fill="var(--muted)">${isNarrow ? letterOf(bar) : fitText(bar.run, left - 26, CHART_FONT_SIZE)}</text>
    <rect x=${left} y=${top} width=${length} height=${BAR} fill=${colour} fill-opacity="0.35" stroke=${colour} stroke-width="1.5" stroke-dasharray=${dash ?? "none"} />
    ${isRead ? svg`<rect x=${left} y=${top} width=${length} height=${BAR} fill="none" stroke="var(--ink)" stroke-width="2.5" />` : nothing}
    <text x=${left + length + 6} y=${middle + 4} fill="var(--ink)">${fourDecimalsText(bar.rho2)}</text>`;
}
