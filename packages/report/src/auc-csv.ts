import type { Result } from "@gambeson/contract";
import { csv, type CsvCell } from "./csv.ts";
import { datasetCell } from "./dataset-cell.ts";
import { IMAGE_SETS, summarise, type ImageSet } from "./summarise.ts";
import { meanAndSdCells } from "./table-csv.ts";

/** Every AUC, or those on some sets of images, as a tidy file: one row a model, image set and class. Empty where a class has no image. */
export function aucCsv(result: Result, images: readonly ImageSet[] = IMAGE_SETS): string {
  return csv(aucRows(result, images));
}

/** The same, as cells; the header first. */
export function aucRows(
  result: Result,
  imageSets: readonly ImageSet[] = IMAGE_SETS,
): readonly (readonly CsvCell[])[] {
  const { models, classNames } = summarise(result);
  const dataset = datasetCell(result);
  const rows = models.flatMap(({ id, label, auc }) =>
    imageSets.flatMap((images) =>
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
