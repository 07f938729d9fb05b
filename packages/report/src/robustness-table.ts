import type { Result } from "@gambeson/contract";
import { captionsOf } from "./captions.ts";
import { fourDecimals, percent } from "./format-number.ts";
import type { Markup } from "./markup.ts";
import {
  captionContent,
  modelTitle,
  pageTable,
  statisticCell,
  tableRow,
  withReferenceSymbol,
} from "./page-table.ts";
import { publishedBeside, type PublishedModel } from "./published.ts";
import { summarise } from "./summarise.ts";

/** Accuracy, rho2 and accuracy at the multiples of eps_ref; beneath a model, what the reproduced report printed. */
export function robustnessTable(result: Result): Markup {
  const { models, factors } = summarise(result);
  const published = publishedBeside(result);
  const rows = models.flatMap(({ id, label, accuracy, rho2, accuracyAt }, i) => [
    tableRow(modelTitle(label, i), [
      statisticCell(accuracy, percent),
      statisticCell(rho2, fourDecimals),
      ...accuracyAt.map((at) => statisticCell(at, percent)),
    ]),
    ...publishedRow(published.get(id), factors),
  ]);
  return pageTable({
    name: "Accuracy and robustness",
    caption: captionContent(captionsOf(result).robustness),
    head: [
      "Model",
      "Acc.\u00A0%",
      "ρ₂",
      ...factors.map((factor) => withReferenceSymbol(`@\u00A0${factor} ε_ref\u00A0%`)),
    ],
    rows,
    kind: "results",
  });
}

function publishedRow(model: PublishedModel | undefined, factors: readonly number[]): Markup[] {
  if (model === undefined) return [];
  const accuracies = factors.map((factor) => {
    const value = model.accuracyAt[factor];
    return value === undefined ? "–" : percent(value);
  });
  const cells = [percent(model.accuracy), fourDecimals(model.rho2), ...accuracies];
  return [tableRow(`published: ${model.label}`, cells, "published")];
}
