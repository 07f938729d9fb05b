import { FONT_SIZE, label, type Canvas } from "./figure.ts";
import { element, type Markup } from "./markup.ts";
import { seriesSample, seriesStyle } from "./series-style.ts";
import { fitText, textWidth } from "./text-width.ts";

/** One model in a legend. */
export interface LegendItem {
  /** Position among the result's models, which gives its style. */
  readonly series: number;
  readonly text: string;
}

const ROW = 20;
const SAMPLE = 36;
const GAP = 22;

/** A legend set in rows within `[left, right]` from `top` down, and how high it is. */
export function legend(
  { theme }: Pick<Canvas, "theme">,
  items: readonly LegendItem[],
  { left, right, top }: { readonly left: number; readonly right: number; readonly top: number },
): { readonly markup: Markup; readonly height: number } {
  let x = left;
  let row = 0;
  const placed = items.map(({ series, text }) => {
    const fitted = fitText(text, right - left - SAMPLE, FONT_SIZE);
    const width = SAMPLE + textWidth(fitted, FONT_SIZE);
    if (x > left && x + width > right) {
      x = left;
      row++;
    }
    const y = top + ROW * row + ROW / 2;
    const markup = [
      seriesSample(seriesStyle(theme, series), x, y),
      label(theme, fitted, { x: x + SAMPLE, y: y + 4 }),
    ];
    x += width + GAP;
    return markup;
  });
  return { markup: element("g", {}, placed), height: ROW * (row + 1) };
}
