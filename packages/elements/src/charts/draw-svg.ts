import { fitText } from "@gambeson/report";
import { html, svg, type SVGTemplateResult, type TemplateResult } from "lit";

export const CHART_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
/** Of a drawing's words, in pixels. */
export const CHART_FONT_SIZE = 12;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Of a file's title: its room, its left edge, and how much wider its bold letters are. */
const [TITLE_ROOM, TITLE_EDGE, BOLD] = [28, 12, 1.12] as const;

/** A drawing of this many pixels, on the page and as a file: one svg element. What it shows, the page says in words beside it. */
export function drawSvg(
  { width, height }: Size,
  content: SVGTemplateResult | readonly SVGTemplateResult[],
): TemplateResult {
  return html`<svg
    xmlns="http://www.w3.org/2000/svg"
    viewBox="0 0 ${width} ${height}"
    width=${width}
    height=${height}
    font-family=${CHART_FONT}
    font-size=${CHART_FONT_SIZE}
    aria-hidden="true"
  >
    ${content}
  </svg>`;
}

/** A drawing as a file has it, with its title above it: there is no page around it that says what it is. */
export function drawFile({ width, height }: Size, title: string, content: SVGTemplateResult): TemplateResult {
  const words = fitText(title, width - 2 * TITLE_EDGE, CHART_FONT_SIZE * BOLD);
  return drawSvg(
    { width, height: height + TITLE_ROOM },
    svg`<title>${title}</title>
      <text x=${TITLE_EDGE} y="19" font-weight="600" fill="var(--ink)">${words}</text>
      <g transform="translate(0,${TITLE_ROOM})">${content}</g>`,
  );
}
