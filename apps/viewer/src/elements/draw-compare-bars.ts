import { CHART_FONT } from "@gambeson/elements";
import { fitText, PAGE_THEME, seriesStyle } from "@gambeson/report";
import { html, svg, type SVGTemplateResult, type TemplateResult } from "lit";
import type { ComparedBars } from "../view-models/compare-charts.ts";

/** In pixels. */
const [BAR, GAP, HEAD, GROUP_GAP, NUMBER_ROOM] = [16, 5, 22, 12, 60] as const;
const FONT_SIZE = 12;

/** The bars as an svg element of a width: a group a model, a bar a run, each with its name and number. */
export function drawCompareBars({ groups, end }: ComparedBars, width: number): TemplateResult {
  const names = Math.min(220, width * 0.35);
  const room = width - names - NUMBER_ROOM;
  let y = 0;
  const drawn = groups.map(({ label, bars }) => {
    const top = y;
    y += HEAD + bars.length * (BAR + GAP) + GROUP_GAP;
    return svg`<text x="0" y=${top + 15} font-weight="600" fill="var(--ink)">${label}</text>
      ${bars.map((bar, i) => drawBar(bar, { names, top: top + HEAD + i * (BAR + GAP), length: end === 0 ? 0 : (room * bar.value) / end }))}`;
  });
  return html`<svg
    xmlns="http://www.w3.org/2000/svg"
    viewBox="0 0 ${width} ${y}"
    width=${width}
    height=${y}
    font-family=${CHART_FONT}
    font-size=${FONT_SIZE}
    aria-hidden="true"
  >
    ${drawn}
  </svg>`;
}

interface BarPlace {
  readonly names: number;
  readonly top: number;
  readonly length: number;
}

function drawBar(
  { label, style, text }: ComparedBars["groups"][number]["bars"][number],
  { names, top, length }: BarPlace,
): SVGTemplateResult {
  const { colour, dash, marker } = seriesStyle(PAGE_THEME, style);
  const middle = top + BAR / 2;
  return svg`<path d=${marker} transform="translate(7,${middle})" fill=${colour} />
    <text x="20" y=${middle + 4} fill="var(--muted)">${fitText(label, names - 26, FONT_SIZE)}</text>
    <rect x=${names} y=${top} width=${length} height=${BAR} fill=${colour} fill-opacity="0.35" stroke=${colour} stroke-width="1.5" stroke-dasharray=${dash ?? "none"} />
    <text x=${names + length + 6} y=${middle + 4} fill="var(--ink)">${text}</text>`;
}
