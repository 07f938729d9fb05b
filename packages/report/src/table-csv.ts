import type { Result } from "@gambeson/contract";
import { csv, type CsvCell } from "./csv.ts";
import { datasetCell } from "./dataset-cell.ts";
import { PUBLISHED, publishedBeside, publishedTitle, type PublishedModel } from "./published.ts";
import { summarise, type Statistic } from "./summarise.ts";

/**
 * The main table as a tidy file: one model a row, one value a cell, numbers in full precision.
 *
 * Accuracies are shares in [0, 1]; `_sd` is the sample standard deviation over the seeds, empty with a single one.
 *
 * @param options.hasPublished Whether a model's row is followed by that of the published numbers that stand beside it, whose `model_id`
 * is the model's after "published:"; empty where nothing was published. Default: false.
 */
export function tableCsv(result: Result, { hasPublished = false } = {}): string {
  const [header = [], ...rows] = tableRows(result);
  if (!hasPublished) return csv([header, ...rows]);
  const { models, factors } = summarise(result);
  const published = publishedBeside(result);
  return csv([
    header,
    ...models.flatMap(({ id }, i) => [rows[i]!, ...publishedRow(id, published.get(id), result, factors)]),
  ]);
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

function publishedRow(
  id: string,
  model: PublishedModel | undefined,
  result: Result,
  factors: readonly number[],
): readonly (readonly CsvCell[])[] {
  if (model === undefined) return [];
  const { accuracy, rho2, accuracyAt } = model;
  const values = [
    ...[accuracy, rho2, null, null, PUBLISHED.epsilonReference],
    ...factors.map((factor) => accuracyAt[factor] ?? null),
  ];
  return [
    [
      ...[...publishedTitle(id, model), datasetCell(result), null, null],
      ...values.flatMap((value) => [value, null]),
    ],
  ];
}

/** A statistic as two cells. */
export function meanAndSdCells(statistic: Statistic | null): readonly CsvCell[] {
  return [statistic?.mean ?? null, statistic?.deviation ?? null];
}
