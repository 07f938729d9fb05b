import { LOCALE } from "@gambeson/elements/locale";
export interface RunCounts {
  readonly shown: number;
  /** All that have come. */
  readonly loaded: number;
  /** All that there are. */
  readonly total: number;
}

/** "12 of 340 runs; 860 more are coming…" */
export function countText({ shown, loaded, total }: RunCounts, locale = LOCALE): string {
  const count = (value: number) => new Intl.NumberFormat(locale).format(value);
  const runs = loaded === 1 ? "1 run" : `${count(loaded)} runs`;
  const coming = loaded < total ? `; ${count(total - loaded)} more are coming…` : "";
  if (shown === loaded) return `${runs}${coming}`;
  return shown === 0 ? `None of ${runs} fits${coming}` : `${count(shown)} of ${runs}${coming}`;
}
