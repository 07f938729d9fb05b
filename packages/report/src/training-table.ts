import { sum } from "d3-array";
import type { EpochMetrics, Result } from "@gambeson/contract";
import { meanAndDeviation } from "@gambeson/metrics";
import { seedsNote } from "./captions.ts";
import { grouped, percent } from "./format-number.ts";
import { element, type Content, type Markup } from "./markup.ts";
import { modelTitle, pageTable, statisticCell, tableRow } from "./page-table.ts";
import { share, summarise } from "./summarise.ts";

/** How training ended: each model's last epoch. */
export function trainingTable(result: Result): Markup {
  const { models } = summarise(result);
  const rows = models.map(({ label, runs }, i) => {
    const last = runs.flatMap(({ training }) => training.slice(-1));
    return tableRow(modelTitle(label, i), lastEpochCells(last));
  });
  return pageTable({
    name: "Last epoch of training",
    caption: [
      element("b", {}, "Last epoch. "),
      "Capped: images whose exponent reached its cap; unfooled: images DeepFool left unfooled within its steps.",
      seedsNote(result),
      result.seeds.length > 1 ? " Counts are summed." : null,
    ],
    head: [
      "Model",
      "Epoch",
      "Loss",
      "of which regulariser",
      "Training acc.\u00A0%",
      "Test acc.\u00A0%",
      "Capped",
      "Unfooled",
    ],
    rows,
  });
}

function lastEpochCells(last: readonly EpochMetrics[]): readonly Content[] {
  const mean = (pick: (epoch: EpochMetrics) => number | null, format: (value: number) => string) => {
    const values = last.map(pick).filter((value) => value !== null);
    return values.length === 0 ? "–" : statisticCell(meanAndDeviation(values), format);
  };
  const total = (pick: (epoch: EpochMetrics) => number | null) =>
    last.every((epoch) => pick(epoch) === null) ? "–" : grouped(sum(last, (epoch) => pick(epoch) ?? 0));
  return [
    last[0] === undefined ? "–" : String(last[0].epoch),
    mean(({ loss }) => loss, threeDecimals),
    mean(({ regulariser }) => regulariser, threeDecimals),
    mean(({ trainAccuracy }) => share(trainAccuracy), percent),
    mean(({ testAccuracy }) => share(testAccuracy), percent),
    total(({ capped }) => capped),
    total(({ unfooled }) => unfooled),
  ];
}

function threeDecimals(value: number): string {
  return value.toFixed(3);
}
