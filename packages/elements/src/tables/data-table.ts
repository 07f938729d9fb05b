/** A table as data: what `<gambeson-data-table>` shows and saves. "ε_ref" in any of its texts is set with a subscript. */
export interface DataTable {
  /** Names the table; it begins the caption. */
  readonly title: string;
  readonly caption: string;
  /** The first stands over the rows' titles. */
  readonly columns: readonly string[];
  readonly rows: readonly DataTableRow[];
  /** What stands beneath it; none by default. */
  readonly note?: string | null;
  /** Writes the CSV file; only asked where a reader saves it. */
  readonly csv: () => string;
  /** Writes the LaTeX file; null for none. */
  readonly tex: (() => string) | null;
}

export interface DataTableRow {
  /** Rows that follow each other and have the same stand under it as a heading of their own. */
  readonly group?: string;
  readonly title: string;
  /** A model's position among the result's models: its line's look stands before the title. */
  readonly style?: number;
  /** A row of numbers that are not ours, beneath the one they belong to. */
  readonly kind?: "published";
  /** One for each column but the first. */
  readonly cells: readonly DataTableCell[];
}

export type DataTableCell = string | DataTableNumber;

export interface DataTableNumber {
  readonly text: string;
  /** What follows it in small: a deviation, a share. */
  readonly detail?: string;
  /** All of a text that is cut, for who asks. */
  readonly whole?: string;
  /** Whether it is marked; say so in words too. */
  readonly isWrong?: boolean;
  /** How deep the cell is coloured, in [0, 1], and in which colour. */
  readonly heat?: readonly [colour: "accent" | "wrong", share: number];
}
