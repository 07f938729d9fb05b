import type { Result } from "@gambeson/contract";
import { csv, type CsvCell } from "./csv.ts";
import { datasetCell } from "./dataset-cell.ts";
import { IMAGE_SETS, summarise } from "./summarise.ts";
import { meanAndSdCells } from "./table-csv.ts";

/** Every AUC as a tidy file: one row a model, image set and class. Empty where a class has no image. */
export function aucCsv(result: Result): string {
  return csv(aucRows(result));
}

/** The same, as cells; the header first. */
export function aucRows(result: Result): readonly (readonly CsvCell[])[] {
  const { models, classNames } = summarise(result);
  const dataset = datasetCell(result);
  const rows = models.flatMap(({ id, label, auc }) =>
    IMAGE_SETS.flatMap((images) =>
      auc[images].map((value, k) => [
        id,
        label,
        dataset,
        images,
        k,
        classNames[k] ?? "",
        ...meanAndSdCells(value),
      ]),
    ),
  );
  return [["model_id", "model", "dataset", "images", "class", "class_name", "auc_mean", "auc_sd"], ...rows];
}
