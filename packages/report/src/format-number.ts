import type { Statistic } from "./summarise.ts";

/** A share as a percentage without its sign: 0.8738 -> "87.38". */
export function percent(share: number, digits = 2): string {
  return (100 * share).toFixed(digits);
}

/** rho and epsilon: four decimals, which stand under each other. */
export function fourDecimals(value: number): string {
  return value.toFixed(4);
}

/** 10000 -> "10,000". */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** "87.38", or "87.38 ± 0.42" over several seeds; "–" where there is no value. */
export function statisticText(statistic: Statistic | null, format: (value: number) => string): string {
  if (statistic === null) return "–";
  const { mean, deviation } = statistic;
  return deviation === null ? format(mean) : `${format(mean)} ± ${format(deviation)}`;
}
