import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { describe, expect, test } from "vitest";
import { tableFile, type DataTable, type TableFormat } from "./data-table.ts";

const COLUMNS: DataTable["columns"] = [
  { name: "text", kind: "text" },
  { name: "integer", kind: "integer" },
  { name: "number", kind: "number" },
  { name: "flag", kind: "flag" },
];
const TABLE: DataTable = {
  columns: COLUMNS,
  blocks: [
    [
      ["=SUM(A1)", 1, 0.1, true],
      ['a "b", c', null, null, null],
    ],
    [],
    [["é\n", -3, -1e-9, false]],
  ],
};
const EMPTY: DataTable = { columns: COLUMNS, blocks: [] };

async function bytesOf(table: DataTable, format: TableFormat): Promise<ArrayBuffer> {
  return new Response(tableFile(table, format)).arrayBuffer();
}
const textOf = async (table: DataTable, format: TableFormat) =>
  new TextDecoder().decode(await bytesOf(table, format));

describe("tableFile()", () => {
  test("writes CSV whose texts cannot start formulas; numbers stay numbers", async () => {
    expect(await textOf(TABLE, "csv")).toBe(
      `text,integer,number,flag\r\n'=SUM(A1),1,0.1,true\r\n"a ""b"", c",,,\r\n"é\n",-3,-1e-9,false\r\n`,
    );
    expect(await textOf(EMPTY, "csv")).toBe("text,integer,number,flag\r\n");
  });

  test("writes JSON, an object a row", async () => {
    expect(JSON.parse(await textOf(TABLE, "json"))).toEqual({
      rows: [
        { text: "=SUM(A1)", integer: 1, number: 0.1, flag: true },
        { text: 'a "b", c', integer: null, number: null, flag: null },
        { text: "é\n", integer: -3, number: -1e-9, flag: false },
      ],
    });
    expect(JSON.parse(await textOf(EMPTY, "json"))).toEqual({ rows: [] });
  });

  test("writes Parquet, a row group a block", async () => {
    const file = await bytesOf(TABLE, "parquet");
    expect(await parquetReadObjects({ file })).toEqual([
      { text: "=SUM(A1)", integer: 1n, number: 0.1, flag: true },
      { text: 'a "b", c', integer: null, number: null, flag: null },
      { text: "é\n", integer: -3n, number: -1e-9, flag: false },
    ]);
    const { row_groups: groups, schema } = parquetMetadata(file);
    expect(groups.map((group) => group.num_rows)).toEqual([2n, 1n]);
    expect(schema.slice(1).map(({ name, type }) => [name, type])).toEqual([
      ["text", "BYTE_ARRAY"],
      ["integer", "INT64"],
      ["number", "DOUBLE"],
      ["flag", "BOOLEAN"],
    ]);
    expect(await parquetReadObjects({ file: await bytesOf(EMPTY, "parquet") })).toEqual([]);
  });

  test.each(["csv", "json", "parquet"] as const)(
    "reads blocks for %s only as they are asked for",
    async (format) => {
      let [read, ended] = [0, false];
      function* blocks() {
        try {
          for (; ; read++) yield [["x", read, read, true]];
        } finally {
          ended = true;
        }
      }
      const reader = tableFile({ columns: COLUMNS, blocks: blocks() }, format).getReader();
      expect(read).toBe(0);
      await reader.read();
      await reader.read();
      expect(read).toBeLessThanOrEqual(2);
      await reader.cancel();
      expect(ended).toBe(true);
    },
  );
});
