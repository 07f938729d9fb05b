import { PAGE_THEME, seriesStyle, ticksThatFit, wrapText, type HillBlock } from "@gambeson/report";
import { nothing, svg, type SVGTemplateResult, type TemplateResult } from "lit";
import { numberText } from "../numbers.ts";
import type { Rho2Bar, Rho2Bars, Rho2Stop } from "../view-models/rho2-bars.ts";
import { drawBottomTicks } from "./draw-line-chart.ts";
import { CHART_FONT_SIZE, drawFile, drawSvg } from "./draw-svg.ts";
import { BAR_HEIGHT, HILL_HEIGHT, type Rho2Layout, type Rho2Row } from "./rho2-geometry.ts";

const AXIS_LABEL = "|Δx| / |x| of one image (hills) and its mean ρ₂ (bars)";
const NARROW_AXIS_LABEL = "|Δx| / |x| (hills) and its mean ρ₂ (bars)";
const LINE = 16;

/** What the drawing is called. */
export const RHO2_TITLE = "ρ₂: how large DeepFool's perturbation is, relative to the image";

/** The bars and hills as an svg element, in the colours of `themeStyles`. @param stop What is read. */
export function drawRho2Bars(bars: Rho2Bars, layout: Rho2Layout, stop: Rho2Stop | null): TemplateResult {
  return drawSvg(layout, drawAll(bars, layout, stop));
}

/** The same with its title, and the note below. */
export function drawRho2File(bars: Rho2Bars, layout: Rho2Layout, note: string): TemplateResult {
  const { width, height } = layout;
  const lines = wrapText(note, width - 2 * LINE, CHART_FONT_SIZE, 4);
  return drawFile(
    { width, height: height + LINE * (lines.length + 1) },
    RHO2_TITLE,
    svg`${drawAll(bars, layout, null)}
      ${lines.map((line, i) => svg`<text x=${LINE} y=${height + LINE * (i + 1)} fill="var(--muted)">${line}</text>`)}`,
  );
}

function drawAll({ models }: Rho2Bars, layout: Rho2Layout, stop: Rho2Stop | null): SVGTemplateResult {
  const { left, right, bottom, height, isNarrow } = layout;
  const grid = ticksThatFit(layout.x, numberText, right - left).map(({ at }) => layout.x(at));
  return svg`${grid.map((x) => svg`<path d="M${x},8V${bottom}" stroke="var(--grid)" />`)}
    <path d="M${left},${bottom}H${right}" stroke="var(--muted)" />
    ${drawBottomTicks(layout, numberText)}
    <text x=${(left + right) / 2} y=${height - 8} text-anchor="middle" fill="var(--ink)">${isNarrow ? NARROW_AXIS_LABEL : AXIS_LABEL}</text>
    ${layout.rows.map((row, i) => {
      const part = stop?.model === i ? stop.part : null;
      return svg`${drawName(row, layout)}${drawHill(row, layout, i, part)}${drawBar(models[i]!, row, layout, { style: i, isRead: part === 0 })}`;
    })}`;
}

function drawName(
  { name, base, published }: Rho2Row,
  { left, width, isNarrow }: Rho2Layout,
): SVGTemplateResult {
  const y = base - HILL_HEIGHT - 6;
  if (isNarrow)
    return svg`<text x=${left} y=${y} font-weight="600" fill="var(--ink)">${name[0]}</text>
      ${published === "" ? nothing : svg`<text x=${width - left} y=${y} text-anchor="end" fill="var(--ink)">◇ ${published}</text>`}`;
  return svg`${name.map(
    (line, i) =>
      svg`<text x=${left - 12} y=${base + 12 - 15 * (name.length - 1 - i)} text-anchor="end" font-weight="600" fill="var(--ink)">${line}</text>`,
  )}`;
}

function drawHill(
  { base, hill, beyond }: Rho2Row,
  { x, right }: Rho2Layout,
  style: number,
  part: number | null,
): SVGTemplateResult {
  const { colour } = seriesStyle(PAGE_THEME, style);
  const { bins, rest } = hill;
  const outline = (blocks: readonly HillBlock[], from: number) =>
    `M${x(from)},${base}${blocks.map(({ to, height }) => `V${base - height * HILL_HEIGHT}H${x(to)}`).join("")}V${base}Z`;
  const read = part === null || part === 0 ? undefined : (bins[part - 1] ?? rest);
  return svg`<path d=${outline(bins, 0)} fill=${colour} fill-opacity="0.28" stroke=${colour} stroke-width="0.75" />
    ${rest.share === 0 ? nothing : svg`<path d=${outline([rest], rest.from)} fill=${colour} fill-opacity="0.12" stroke=${colour} stroke-width="0.75" stroke-dasharray="2 2" />`}
    ${beyond === "" ? nothing : svg`<text x=${right} y=${base - noteHeight(bins, rest)} text-anchor="end" font-size="11" fill="var(--ink)">${beyond}</text>`}
    ${read === undefined ? nothing : svg`<path d="M${x(read.from)},${base}V${base - Math.max(4, read.height * HILL_HEIGHT)}H${x(read.to)}V${base}Z" fill=${colour} fill-opacity="0.5" stroke="var(--ink)" stroke-width="2" />`}`;
}

/** How far above a hill's foot the words about its end stand. */
function noteHeight(bins: readonly HillBlock[], rest: HillBlock): number {
  const tail = bins.slice(Math.floor(bins.length / 2));
  return Math.min(
    HILL_HEIGHT - 10,
    HILL_HEIGHT * Math.max(rest.height, ...tail.map(({ height }) => height)) + 4,
  );
}

function drawBar(
  { rho2, published: publishedRho2 }: Rho2Bar,
  { base, value, valueX, published }: Rho2Row,
  { x, left, isNarrow }: Rho2Layout,
  { style, isRead }: { readonly style: number; readonly isRead: boolean },
): SVGTemplateResult {
  const y = base + BAR_HEIGHT / 2;
  const spread = rho2.deviation ?? 0;
  const [low, high] = [x(Math.max(0, rho2.mean - spread)), x(rho2.mean + spread)];
  return svg`<rect x=${left} y=${base + 1} width=${Math.max(0, x(rho2.mean) - left)} height=${BAR_HEIGHT - 1} fill=${seriesStyle(PAGE_THEME, style).colour} />
    ${isRead ? svg`<rect x=${left} y=${base + 1} width=${Math.max(0, x(rho2.mean) - left)} height=${BAR_HEIGHT - 1} fill="none" stroke="var(--ink)" stroke-width="2.5" />` : nothing}
    ${spread > 0 ? svg`<path d="M${low},${y}H${high}M${low},${y - 4}v8M${high},${y - 4}v8" fill="none" stroke="var(--ink)" stroke-width="1.5" />` : nothing}
    ${publishedRho2 === null ? nothing : svg`<path d="M${x(publishedRho2)},${y - 6}l6,6l-6,6l-6,-6Z" fill="var(--paper)" stroke="var(--ink)" stroke-width="1.5" />`}
    <text x=${valueX} y=${y + 4.5} font-weight="600" fill="var(--ink)">${value}${published === "" || isNarrow ? nothing : svg`<tspan font-weight="400" dx="10">◇ ${published}</tspan>`}</text>`;
}
