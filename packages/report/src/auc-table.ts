import type { Result } from "@gambeson/contract";
import { fourDecimals } from "./format-number.ts";
import { element, type Markup } from "./markup.ts";
import { pageTable, seedsNote, statisticCell, tableRow } from "./page-table.ts";
import { publishedBeside, type PublishedModel } from "./published.ts";
import { summarise, type ImageSet } from "./summarise.ts";

const MEASURED_ON: Readonly<Record<ImageSet, string>> = {
  benign: "Benign test images",
  transferred: "DeepFool images of the pre-trained model, shown to every model",
  own: "Each model's own DeepFool images",
};

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
    caption: [
      element("b", {}, `AUC by class. ${MEASURED_ON[images]}. `),
      "One class against the rest, ties counted half.",
      seedsNote(result),
    ],
    head: ["Class", ...models.map(({ label }) => label)],
    rows,
  });
}
