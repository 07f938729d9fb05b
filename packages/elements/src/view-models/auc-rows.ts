import type { Result } from "@gambeson/contract";
import {
  aucCsv,
  aucTexTable,
  captionsOf,
  publishedBeside,
  summarise,
  texFile,
  type ImageSet,
} from "@gambeson/report";
import { fourDecimalsText } from "../numbers.ts";
import type { DataTable, DataTableRow } from "../tables/data-table.ts";
import { statisticCell } from "../tables/statistic-cell.ts";

/** AUC of every class, a column a model, on one set of images; beneath those on transferred ones what was published. */
export function aucRows(result: Result, images: ImageSet): DataTable {
  const { models, classNames } = summarise(result);
  const published = publishedBeside(result);
  const { title, text } = captionsOf(result).auc(images);
  return {
    title,
    caption: text,
    columns: ["Class", ...models.map(({ label }) => label)],
    rows: classNames.flatMap((name, k): DataTableRow[] => {
      const cells = models.map(({ auc }) => statisticCell(auc[images][k] ?? null, fourDecimalsText));
      const row = { title: `${k} ${name}`, cells };
      if (images !== "transferred" || published.size === 0) return [row];
      const theirs = models.map(({ id }) => published.get(id)?.auc[k]);
      const theirCells = theirs.map((value) => (value === undefined ? "–" : fourDecimalsText(value)));
      return [row, { title: "published", kind: "published", cells: theirCells }];
    }),
    csv: () => aucCsv(result, [images], { hasPublished: true }),
    tex: () => texFile([aucTexTable(result, images)]),
  };
}
