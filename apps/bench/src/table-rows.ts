import type { BenchResult, Row } from "./bench-result.ts";
import { PART_TITLES } from "./part-titles.ts";

/** A line of the table, as texts. */
export interface TableRow {
  readonly part: string;
  readonly contender: string;
  readonly median: string;
  /** Fastest to slowest. */
  readonly range: string;
  /** Its median over that of ours in Deno. */
  readonly ratio: string;
  readonly note: string;
}

/** The table's lines, in the order of the rows. A row whose answer is wrong shows that in place of its time. */
export function tableRows({ rows }: Pick<BenchResult, "rows">): readonly TableRow[] {
  return rows.map((row) => {
    const head = { part: PART_TITLES[row.part], contender: row.title };
    const obstacle = row.disagreements[0] ?? row.problem;
    if (row.spread === null || obstacle !== null) {
      const why =
        row.disagreements.length > 0 ? `WRONG ANSWER: ${row.disagreements.join("; ")}` : (obstacle ?? "");
      return { ...head, median: "-", range: "-", ratio: "-", note: why };
    }
    const { median, min, max } = row.spread;
    return {
      ...head,
      median: formatSeconds(median),
      range: min === max ? "" : `${formatSeconds(min)} .. ${formatSeconds(max)}`,
      ratio: formatRatio(row.ratio),
      note: noteOf(row),
    };
  });
}

function noteOf({ note, peakMemoryBytes }: Row): string {
  const memory = peakMemoryBytes === null ? [] : [`peak ${formatBytes(peakMemoryBytes)}`];
  return [...(note === "" ? [] : [note]), ...memory].join("; ");
}

/** Three digits, in milliseconds below a second. */
export function formatSeconds(seconds: number): string {
  return seconds < 1 ? `${digits(seconds * 1000)} ms` : `${digits(seconds)} s`;
}

export function formatBytes(bytes: number | null): string {
  return bytes === null ? "-" : `${Math.ceil(bytes / 2 ** 20)} MiB`;
}

/** Three digits, rounded down: others are never shown slower than they were. */
function formatRatio(ratio: number | null): string {
  if (ratio === null) return "-";
  const unit = 10 ** (Math.floor(Math.log10(ratio)) - 2);
  return digits(Math.floor(ratio / unit + 1e-9) * unit);
}

function digits(value: number): string {
  return value >= 1000 ? Math.round(value).toString() : value.toPrecision(3);
}
