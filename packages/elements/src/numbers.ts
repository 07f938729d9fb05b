import { LOCALE } from "./locale.ts";
import type { Statistic } from "@gambeson/report";

/** A share: 0.8738 -> "87.4 %". @param digits Behind the decimal sign. */
export function percentText(share: number, digits = 1): string {
  return number({ style: "percent", minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
    share,
  );
}

/** rho and epsilon: four decimals, which stand under each other. */
export function fourDecimalsText(value: number): string {
  return number({ minimumFractionDigits: 4, maximumFractionDigits: 4 }).format(value);
}

/** A number over the seeds: "0.0554", or "0.0554 ± 0.0012" where there are several; a dash where there is none. */
export function statisticText(statistic: Statistic | null, format: (value: number) => string): string {
  if (statistic === null) return "–";
  const { mean, deviation } = statistic;
  return deviation === null ? format(mean) : `${format(mean)} ± ${format(deviation)}`;
}

/** A count, or a tick: as many digits as it has, grouped. */
export function numberText(value: number): string {
  return number({ maximumFractionDigits: 6 }).format(value);
}

const formats = new Map<string, Intl.NumberFormat>();

/** Formats are slow to make. */
function number(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options);
  const format = formats.get(key) ?? new Intl.NumberFormat(LOCALE, options);
  formats.set(key, format);
  return format;
}
