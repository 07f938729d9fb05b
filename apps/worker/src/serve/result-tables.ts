import type { Result, RocOfClass } from "@gambeson/contract";
import { aucRows, IMAGE_SETS, tableRows, type CsvCell } from "@gambeson/report";
import type { Column, DataTable, Row } from "./data-table.ts";

const text = (name: string): Column => ({ name, kind: "text" });
const integer = (name: string): Column => ({ name, kind: "integer" });
const number = (name: string): Column => ({ name, kind: "number" });

/** Columns of the report's tables that are no numbers. */
const KIND_OF: Readonly<Record<string, Column["kind"]>> = {
  model_id: "text",
  model: "text",
  dataset: "text",
  images: "text",
  class_name: "text",
  seeds: "integer",
  test_images: "integer",
  class: "integer",
};

/** The main table: a row a model, means and deviations over the seeds. */
export function mainTable(result: Result): DataTable {
  return ofRows(tableRows(result));
}

/** Every AUC: a row a model, image set and class. */
export function aucTable(result: Result): DataTable {
  return ofRows(aucRows(result));
}

function ofRows([header = [], ...rows]: readonly (readonly CsvCell[])[]): DataTable {
  const columns = header.map((name): Column => ({
    name: String(name),
    kind: KIND_OF[String(name)] ?? "number",
  }));
  return { columns, blocks: [rows] };
}

/** Accuracy under FGS against epsilon: a row a seed, model and epsilon, for models that have a curve. */
export function curveTable({ seeds }: Result): DataTable {
  const rows = seeds.flatMap(({ seed, models }) =>
    models.flatMap(({ id, curve }) =>
      (curve?.epsilons ?? []).map((epsilon, i) => [seed, id, epsilon, curve!.correct[i]!, curve!.of]),
    ),
  );
  return {
    columns: [integer("seed"), text("model"), number("epsilon"), integer("correct"), integer("of")],
    blocks: [rows],
  };
}

/** One ROC curve, and what it is of. */
export interface RocCurve extends RocOfClass {
  readonly seed: number;
  readonly model: string;
  readonly images: (typeof IMAGE_SETS)[number];
}

/** Which curves are wanted: those that agree with every key. */
export interface RocFilter {
  readonly seed?: number | undefined;
  readonly model?: string | undefined;
  readonly class?: number | undefined;
}

/** The ROC curves of a result, in its order. */
export function* rocCurves({ seeds }: Result, filter: RocFilter): Generator<RocCurve> {
  for (const { seed, models } of seeds) {
    if (filter.seed !== undefined && filter.seed !== seed) continue;
    for (const { id, roc } of models) {
      if (filter.model !== undefined && filter.model !== id) continue;
      for (const images of IMAGE_SETS) {
        for (const curve of roc[images]) {
          if (filter.class === undefined || filter.class === curve.class)
            yield { seed, model: id, images, ...curve };
        }
      }
    }
  }
}

/** ROC curves as `{"curves": [...]}`. */
export function* rocJson(curves: Iterable<RocCurve>): Generator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  let before = '{"curves":[';
  for (const curve of curves) {
    yield encoder.encode(before + JSON.stringify(curve));
    before = ",\n";
  }
  yield encoder.encode(before === ",\n" ? "]}\n" : `${before}]}\n`);
}

/** ROC curves as a table: a row a vertex. */
export function rocTable(curves: Iterable<RocCurve>): DataTable {
  return {
    columns: [
      integer("seed"),
      text("model"),
      text("images"),
      integer("class"),
      integer("falsePositives"),
      integer("truePositives"),
      integer("negatives"),
      integer("positives"),
    ],
    blocks: verticesOf(curves),
  };
}

function* verticesOf(curves: Iterable<RocCurve>): Generator<readonly Row[]> {
  for (const curve of curves) yield vertices(curve);
}

function vertices(curve: RocCurve): readonly Row[] {
  const { seed, model, images, falsePositives, truePositives, negatives, positives } = curve;
  return falsePositives.map((count, i) => [
    seed,
    model,
    images,
    curve.class,
    count,
    truePositives[i]!,
    negatives,
    positives,
  ]);
}
