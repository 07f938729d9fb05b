/**
 * Columns of texts, side by side.
 *
 * @param head A title a column.
 * @param numeric Which columns end at the same place rather than begin there.
 */
export function textTable(
  head: readonly string[],
  lines: readonly (readonly string[])[],
  numeric: ReadonlySet<number>,
): string {
  const all = [head, ...lines];
  const widths = head.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0)));
  const pad = (text: string, column: number) =>
    numeric.has(column) ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0);
  return all.map((line) => line.map(pad).join("  ").trimEnd()).join("\n");
}
