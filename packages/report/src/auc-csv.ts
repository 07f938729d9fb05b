import type { Result } from "@gambeson/contract";
import { csv, type CsvCell } from "./csv.ts";
import { datasetCell } from "./dataset-cell.ts";
import { publishedBeside, publishedTitle } from "./published.ts";
import { IMAGE_SETS, summarise, type ImageSet } from "./summarise.ts";
import { meanAndSdCells } from "./table-csv.ts";

/**
 * Every AUC, or those on some sets of images, as a tidy file: one row a model, image set and class. Empty where a class has no image.
 *
 * @param options.hasPublished Whether the published numbers follow, which are of transferred images; their `model_id` is that of the
 * model they stand beside, after "published:". Default: false.
 */
export function aucCsv(
  result: Result,
  images: readonly ImageSet[] = IMAGE_SETS,
  { hasPublished = false } = {},
): string {
  const published = hasPublished && images.includes("transferred") ? publishedRows(result) : [];
  return csv([...aucRows(result, images), ...published]);
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

function publishedRows(result: Result): readonly (readonly CsvCell[])[] {
  return [...publishedBeside(result)].flatMap(([id, model]) =>
    result.dataset.classNames.map((name, k) => [
      ...publishedTitle(id, model),
      ...[datasetCell(result), "transferred", k, name, model.auc[k] ?? null, null],
    ]),
  );
}
