import type { Result } from "@gambeson/contract";
import { csv, type CsvCell } from "./csv.ts";
import { datasetCell } from "./dataset-cell.ts";
import { summarise, type Statistic } from "./summarise.ts";

/**
 * The main table as a tidy file: one model a row, one value a cell, numbers in full precision.
 *
 * Accuracies are shares in [0, 1]; `_sd` is the sample standard deviation over the seeds, empty with a single one.
 */
export function tableCsv(result: Result): string {
  return csv(tableRows(result));
}

/** The same, as cells; the header first. */
export function tableRows(result: Result): readonly (readonly CsvCell[])[] {
  const { models, epsilonReference, factors } = summarise(result);
  const meanAndSd = (name: string) => [`${name}_mean`, `${name}_sd`];
  const header = [
    ...["model_id", "model", "dataset", "seeds", "test_images"],
    ...["accuracy", "rho2", "rho2_correct", "rho_median", "epsilon_reference"].flatMap(meanAndSd),
    ...factors.flatMap((factor) => meanAndSd(`accuracy_at_${factor}_epsilon_reference`)),
  ];
  const rows = models.map(({ id, label, runs, accuracy, rho2, rho2Correct, medianRho, accuracyAt }) => [
    ...[id, label, datasetCell(result), runs.length, result.dataset.test.count],
    ...[accuracy, rho2, rho2Correct, medianRho, epsilonReference, ...accuracyAt].flatMap(meanAndSdCells),
  ]);
  return [header, ...rows];
}

/** A statistic as two cells. */
export function meanAndSdCells(statistic: Statistic | null): readonly CsvCell[] {
  return [statistic?.mean ?? null, statistic?.deviation ?? null];
}
