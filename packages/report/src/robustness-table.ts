import type { Result } from "@gambeson/contract";
import { fourDecimals, grouped, percent } from "./format-number.ts";
import { element, type Content, type Markup } from "./markup.ts";
import {
  epsilonReferenceSymbol,
  modelTitle,
  pageTable,
  seedsNote,
  statisticCell,
  tableRow,
} from "./page-table.ts";
import { PUBLISHED, publishedBeside, type PublishedModel } from "./published.ts";
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
    caption: [
      element("b", {}, "Accuracy and robustness. "),
      referenceSentence(result, published.size > 0),
      ` ${grouped(result.dataset.test.count)} test images.`,
      seedsNote(result),
    ],
    head: [
      "Model",
      "Acc.\u00A0%",
      "ρ₂",
      ...factors.map((factor) => [`@\u00A0${factor} `, epsilonReferenceSymbol(), "\u00A0%"]),
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

function referenceSentence(result: Result, hasPublished: boolean): Content {
  const { epsilonReference } = summarise(result);
  if (epsilonReference === null) return ["There is no ", epsilonReferenceSymbol(), " above 0."];
  const published = hasPublished ? ` (published: about ${PUBLISHED.epsilonReference})` : "";
  const having = result.seeds.filter((seed) => (seed.epsilonReference ?? 0) > 0).length;
  const where =
    having === result.seeds.length ? "" : `, which ${having} of ${result.seeds.length} seeds have`;
  const value = statisticCell(epsilonReference, fourDecimals);
  return [epsilonReferenceSymbol(), " = ", value, `${published}${where}.`];
}
