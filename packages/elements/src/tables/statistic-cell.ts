import type { Statistic } from "@gambeson/report";
import type { DataTableCell } from "./data-table.ts";

/** A mean, with its standard deviation over several seeds; a dash where there is no value. */
export function statisticCell(statistic: Statistic | null, format: (value: number) => string): DataTableCell {
  if (statistic === null) return "–";
  const { mean, deviation } = statistic;
  return deviation === null ? format(mean) : { text: format(mean), detail: `± ${format(deviation)}` };
}
