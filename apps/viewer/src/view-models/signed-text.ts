import { LOCALE } from "@gambeson/elements/locale";
/** A difference: "+0.0312", "−0.0100", "0.0000". */
export function signedText(value: number, digits: number, locale = LOCALE): string {
  return new Intl.NumberFormat(locale, {
    ...{ minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: "exceptZero" },
  }).format(value);
}

/** How many times as large: "2.7 times"; "" where there is nothing to hold it against. */
export function timesText(value: number, baseline: number, locale = LOCALE): string {
  if (baseline === 0) return "";
  const format = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 2 });
  return `${format.format(value / baseline)} times`;
}
