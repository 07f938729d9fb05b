import type { ChartSeries } from "./line-chart.ts";

/** A row of a chart's key. */
export interface KeyEntry {
  /** Of the line, or of the group of lines. */
  readonly id: string;
  readonly label: string;
  readonly style: number;
  readonly dash: string | undefined;
  readonly value: string | undefined;
}

/** The key's rows: one for each line, or for each group of lines, where its first line shows what it looks like. */
export function keyEntries(series: readonly ChartSeries[]): readonly KeyEntry[] {
  const seen = new Set<string>();
  return series.flatMap(({ id, label, style, dash, value, group }) => {
    const entry = { id, label, style, dash, value, ...group };
    if (seen.has(entry.id)) return [];
    seen.add(entry.id);
    return [entry];
  });
}

/** The lines that are not hidden. @param hiddenLines Ids of lines, and of groups. */
export function shownSeries(
  series: readonly ChartSeries[],
  hiddenLines: readonly string[],
): readonly ChartSeries[] {
  return series.filter(({ id, group }) => !hiddenLines.includes(group?.id ?? id));
}
