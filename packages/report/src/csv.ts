/** One cell: text, a number in full precision, or nothing. */
export type CsvCell = string | number | null;

const FORMULA = /^(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/;

/**
 * Rows as RFC 4180: quoted where needed, lines ended by CR LF.
 *
 * A text that a spreadsheet could run as a formula (=, +, -, @, full-width ones, or white space other than a blank in front) gets an
 * apostrophe before it.
 */
export function csv(rows: readonly (readonly CsvCell[])[]): string {
  return rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function cell(value: CsvCell): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
