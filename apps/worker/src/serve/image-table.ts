import type { ImageRow } from "@gambeson/contract";
import type { Column, DataTable, Row } from "./data-table.ts";
import type { ModelOfRun } from "./model-of-run.ts";
import { imageRow, type ModelRows, type RunImages } from "./run-images.ts";

/** Rows that are held at once. */
const BLOCK = 10_000;

const COLUMNS: readonly (readonly [Column, (row: ImageRow) => Row[number]])[] = [
  [{ name: "seed", kind: "integer" }, ({ seed }) => seed],
  [{ name: "model", kind: "text" }, ({ model }) => model],
  [{ name: "index", kind: "integer" }, ({ index }) => index],
  [{ name: "label", kind: "integer" }, ({ label }) => label],
  [{ name: "predicted", kind: "integer" }, ({ predicted }) => predicted],
  [{ name: "probability", kind: "number" }, ({ probability }) => probability],
  [{ name: "deepfool_predicted", kind: "integer" }, ({ deepFool }) => deepFool.predicted],
  [{ name: "deepfool_probability", kind: "number" }, ({ deepFool }) => deepFool.probability],
  [{ name: "deepfool_fooled", kind: "flag" }, ({ deepFool }) => deepFool.fooled],
  [{ name: "deepfool_steps", kind: "integer" }, ({ deepFool }) => deepFool.steps],
  [{ name: "deepfool_norm", kind: "number" }, ({ deepFool }) => deepFool.norm],
  [{ name: "deepfool_rho", kind: "number" }, ({ deepFool }) => deepFool.rho],
  [{ name: "fgs_predicted", kind: "integer" }, ({ fgs }) => fgs.predicted],
  [{ name: "fgs_probability", kind: "number" }, ({ fgs }) => fgs.probability],
];

/** How each model took each test image, one a row; read from the disk as the table is. */
export function imageTable(images: RunImages, models: readonly ModelOfRun[]): DataTable {
  return { columns: COLUMNS.map(([column]) => column), blocks: blocksOf(images, models) };
}

async function* blocksOf(images: RunImages, models: readonly ModelOfRun[]): AsyncGenerator<readonly Row[]> {
  for (const model of models) {
    const rows = await images.rows(model);
    const count = rows.deepFool.label.length;
    for (let start = 0; start < count; start += BLOCK)
      yield block(rows, start, Math.min(BLOCK, count - start));
  }
}

function block(rows: ModelRows, start: number, count: number): readonly Row[] {
  return Array.from({ length: count }, (_, i) => {
    const row = imageRow(rows, start + i);
    return COLUMNS.map(([, value]) => value(row));
  });
}
