import type { Caption } from "./captions.ts";
import { element, type Content, type Markup } from "./markup.ts";
import type { Statistic } from "./summarise.ts";
import { LIGHT_THEME } from "./theme.ts";

/** A table of the page. It scrolls sideways where it is too wide, also by keyboard. */
export interface PageTable {
  /** For screen readers. */
  readonly name: string;
  readonly caption: Content;
  readonly head: readonly Content[];
  readonly rows: readonly Markup[];
  readonly kind?: string;
}

export function pageTable({ name, caption, head, rows, kind }: PageTable): Markup {
  return element(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": name },
    element(
      "table",
      { class: kind ?? null },
      element("caption", {}, element("span", { class: "still" }, caption)),
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          head.map((title) => element("th", { scope: "col" }, title)),
        ),
      ),
      element("tbody", {}, rows),
    ),
  );
}

/** One row: its title, then its cells. */
export function tableRow(title: Content, cells: readonly Content[], kind: string | null = null): Markup {
  return element(
    "tr",
    { class: kind },
    element("th", { scope: "row" }, title),
    cells.map((content) => element("td", {}, content)),
  );
}

/** A model's name after a patch of its colour in the figures. */
export function modelTitle(label: string, series: number): Content {
  const colour = `var(--series-${series % LIGHT_THEME.series.length})`;
  return [element("span", { class: "swatch", style: `background:${colour}` }), label];
}

/** A mean, with its standard deviation over several seeds. */
export function statisticCell(statistic: Statistic | null, format: (value: number) => string): Content {
  if (statistic === null) return "–";
  const { mean, deviation } = statistic;
  if (deviation === null) return format(mean);
  return [format(mean), element("span", { class: "deviation" }, `\u00A0±\u00A0${format(deviation)}`)];
}

/** A caption with its title in bold. */
export function captionContent({ title, text, marks = "" }: Caption): Content {
  const words = [text, marks].filter((part) => part !== "").join(" ");
  return [element("b", {}, words === "" ? title : `${title} `), withReferenceSymbol(words)];
}

/** A text with its "ε_ref" set as ε with a subscript "ref". */
export function withReferenceSymbol(text: string): Content {
  return text.split("ε_ref").map((part, i) => (i === 0 ? part : ["ε", element("sub", {}, "ref"), part]));
}
