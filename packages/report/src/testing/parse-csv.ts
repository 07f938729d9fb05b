/** RFC 4180 read back, one record a row, keyed by the header. */
export function parseCsv(text: string): readonly Readonly<Record<string, string>>[] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  const [header = [], ...records] = rows;
  return records.map((cells) => Object.fromEntries(header.map((name, i) => [name, cells[i] ?? ""])));
}
