import { element, type Content, type Markup } from "./markup.ts";
import { wrapText } from "./text-width.ts";
import type { Theme } from "./theme.ts";

/** What a figure is drawn on. Figures below `NARROW` px stand their parts above one another. */
export interface Canvas {
  readonly theme: Theme;
  readonly width: number;
}
export const NARROW = 560;
export const FONT_SIZE = 12;

export interface FigureText {
  readonly title: string;
  /** What the figure shows, for those who cannot see it. */
  readonly description: string;
}

/** A whole figure as a standalone SVG of `canvas.width` x `height`. */
export function figure(
  { theme, width }: Canvas,
  height: number,
  text: FigureText,
  ...content: Content[]
): Markup {
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`,
      width: Math.ceil(width),
      height: Math.ceil(height),
      role: "img",
      "font-family": "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
      "font-size": FONT_SIZE,
      fill: "none",
    },
    element("title", {}, text.title),
    element("desc", {}, text.description),
    element("rect", { width: Math.ceil(width), height: Math.ceil(height), fill: theme.paper }),
    content,
  );
}

/** A figure that says why there is nothing to draw. */
export function noticeFigure(canvas: Canvas, title: string, sentence: string): Markup {
  const lines = wrapText(sentence, canvas.width - 40, FONT_SIZE, 8);
  const text = lines.map((line, i) => label(canvas.theme, line, { x: 20, y: 60 + 18 * i }));
  const heading = label(canvas.theme, title, { x: 20, y: 32, "font-weight": 600, "font-size": 14 });
  return figure(canvas, 80 + 18 * lines.length, { title, description: sentence }, heading, text);
}

/** A text in ink, or as `attributes` say. */
export function label(
  theme: Theme,
  text: Content,
  attributes: Readonly<Record<string, string | number | null>>,
): Markup {
  return element("text", { fill: theme.ink, ...attributes }, text);
}

/** "ε" with a subscript "ref", with what may stand before and after it. */
export function epsilonReferenceText(before: string, after = ""): Content {
  return [
    `${before}ε`,
    element("tspan", { dy: 3, "font-size": "0.8em" }, "ref"),
    after === "" ? null : element("tspan", { dy: -3 }, after),
  ];
}
