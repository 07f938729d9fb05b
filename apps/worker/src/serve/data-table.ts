import { csv, type CsvCell } from "@gambeson/report";
import { ByteWriter, ParquetWriter, schemaFromColumnData } from "hyparquet-writer";
import { streamOf } from "./stream-of.ts";

/** Rows that may be too many to hold at once. */
export interface DataTable {
  readonly columns: readonly Column[];
  /** Read once; each block is some rows, in order, and is held whole. */
  readonly blocks: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>;
}

export interface Column {
  readonly name: string;
  readonly kind: "text" | "integer" | "number" | "flag";
}
/** One cell a column; null where there is no value. */
export type Row = readonly (string | number | boolean | null)[];

export const TABLE_FORMATS = ["csv", "json", "parquet"] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

export const MEDIA_TYPE_OF = {
  csv: "text/csv; charset=utf-8",
  json: "application/json",
  parquet: "application/vnd.apache.parquet",
} as const satisfies Record<TableFormat, string>;

/** A table as a file, made as it is read. CSV cells cannot start formulas; JSON is `{"rows": [{column: value}]}`. */
export function tableFile(table: DataTable, format: TableFormat): ReadableStream<Uint8Array<ArrayBuffer>> {
  switch (format) {
    case "csv":
      return streamOf(encoded(csvParts(table)));
    case "json":
      return streamOf(encoded(jsonParts(table)));
    case "parquet":
      return streamOf(parquetParts(table));
    default:
      return format satisfies never;
  }
}

async function* csvParts({ columns, blocks }: DataTable): AsyncGenerator<string> {
  yield csv([columns.map(({ name }) => name)]);
  for await (const rows of blocks) yield csv(rows.map((row) => row.map(csvCell)));
}

function csvCell(value: Row[number]): CsvCell {
  return typeof value === "boolean" ? String(value) : value;
}

async function* jsonParts({ columns, blocks }: DataTable): AsyncGenerator<string> {
  let before = '{"rows":[';
  for await (const rows of blocks) {
    if (rows.length === 0) continue;
    const objects = rows.map((row) =>
      JSON.stringify(Object.fromEntries(columns.map(({ name }, i) => [name, row[i]]))),
    );
    yield `${before}${objects.join(",\n")}`;
    before = ",\n";
  }
  yield before === ",\n" ? "]}\n" : `${before}]}\n`;
}

async function* encoded(parts: AsyncIterable<string>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  for await (const part of parts) yield encoder.encode(part);
}

const PARQUET_TYPE = { text: "STRING", integer: "INT64", number: "DOUBLE", flag: "BOOLEAN" } as const;

/** Each block is a row group. */
async function* parquetParts({ columns, blocks }: DataTable): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const empty = columns.map(({ name, kind }) => ({ name, type: PARQUET_TYPE[kind], data: [] }));
  const writer = new ByteWriter();
  const parquet = new ParquetWriter({
    writer,
    schema: schemaFromColumnData({ columnData: empty }),
    createdBy: "gambeson",
  });
  for await (const rows of blocks) {
    if (rows.length === 0) continue;
    const columnData = columns.map(({ name, kind }, i) => ({
      name,
      data: rows.map((row) => (kind === "integer" && typeof row[i] === "number" ? BigInt(row[i]) : row[i])),
    }));
    await parquet.write({ columnData, rowGroupSize: rows.length });
    yield written(writer);
  }
  await parquet.finish();
  yield written(writer);
}

/** What has been written since the last time; the writer goes on counting, and begins to fill its memory anew. */
function written(writer: ByteWriter): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(writer.getBuffer());
  writer.index = 0;
  return bytes;
}
