import type { ImageList, ImageListQuery, ImageRow } from "@gambeson/contract";
import { imageRow, type ModelRows } from "./run-images.ts";

/** A page of the images that fit a query's filters, in the test set's order. */
export function listImages(rows: ModelRows, query: ImageListQuery): ImageList {
  const { label } = rows.deepFool;
  const images: ImageRow[] = [];
  let [total, next]: [number, number | null] = [0, null];
  for (let index = 0; index < label.length; index++) {
    if (!fits(rows, index, query)) continue;
    total += 1;
    if (index < query.from) continue;
    if (images.length < query.limit) images.push(imageRow(rows, index));
    else next ??= index;
  }
  return { images, total, next };
}

function fits(
  { deepFool: { label, before, fooled } }: ModelRows,
  index: number,
  query: ImageListQuery,
): boolean {
  return (
    (query.class === undefined || label[index] === query.class) &&
    (query.fooled === undefined || (fooled[index] === 1) === query.fooled) &&
    (query.correct === undefined || (before[index] === label[index]) === query.correct)
  );
}
