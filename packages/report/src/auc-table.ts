import type { Result } from "@gambeson/contract";
import { captionsOf, MEASURED_ON } from "./captions.ts";
import { fourDecimals } from "./format-number.ts";
import type { Markup } from "./markup.ts";
import { captionContent, pageTable, statisticCell, tableRow } from "./page-table.ts";
import { publishedBeside, type PublishedModel } from "./published.ts";
import { summarise, type ImageSet } from "./summarise.ts";

/** AUC of every class, a column for each model, on one set of images; published numbers beneath those on transferred ones. */
export function aucTable(result: Result, images: ImageSet): Markup {
  const { models, classNames } = summarise(result);
  const published = images === "transferred" ? publishedBeside(result) : new Map<string, PublishedModel>();
  const rows = classNames.flatMap((name, k) => {
    const cells = models.map(({ auc }) => statisticCell(auc[images][k] ?? null, fourDecimals));
    const row = tableRow(`${k} ${name}`, cells);
    if (published.size === 0) return [row];
    const theirs = models.map(({ id }) => published.get(id)?.auc[k]);
    const theirCells = theirs.map((value) => (value === undefined ? null : fourDecimals(value)));
    return [row, tableRow("published", theirCells, "published")];
  });
  return pageTable({
    name: `AUC: ${MEASURED_ON[images]}`,
    caption: captionContent(captionsOf(result).auc(images)),
    head: ["Class", ...models.map(({ label }) => label)],
    rows,
  });
}
