import type { Result } from "@gambeson/contract";
import {
  captionsOf,
  publishedBeside,
  publishedNote,
  robustnessTexTable,
  summarise,
  tableCsv,
  texFile,
  type PublishedModel,
} from "@gambeson/report";
import { fourDecimalsText, numberText, percentText } from "../numbers.ts";
import type { DataTable, DataTableRow } from "../tables/data-table.ts";
import { statisticCell } from "../tables/statistic-cell.ts";

/** Accuracy, rho2 and accuracy at the multiples of eps_ref, a row a model; beneath it what was published. */
export function robustnessRows(result: Result): DataTable {
  const { models, factors } = summarise(result);
  const published = publishedBeside(result);
  const { title, text } = captionsOf(result).robustness;
  return {
    title,
    caption: text,
    columns: ["Model", "Accuracy", "ρ₂", ...factors.map((factor) => `at ${numberText(factor)} ε_ref`)],
    rows: models.flatMap(({ id, label, accuracy, rho2, accuracyAt }, style): DataTableRow[] => [
      {
        title: label,
        style,
        cells: [
          statisticCell(accuracy, share),
          statisticCell(rho2, fourDecimalsText),
          ...accuracyAt.map((at) => statisticCell(at, share)),
        ],
      },
      ...publishedRow(published.get(id), factors),
    ]),
    note: publishedNote(result),
    csv: () => tableCsv(result, { hasPublished: true }),
    tex: () => texFile([robustnessTexTable(result)]),
  };
}

function publishedRow(model: PublishedModel | undefined, factors: readonly number[]): DataTableRow[] {
  if (model === undefined) return [];
  const accuracies = factors.map((factor) => {
    const value = model.accuracyAt[factor];
    return value === undefined ? "–" : share(value);
  });
  const cells = [share(model.accuracy), fourDecimalsText(model.rho2), ...accuracies];
  return [{ title: `published: ${model.label}`, kind: "published", cells }];
}

function share(value: number): string {
  return percentText(value, 2);
}
