import { LOCALE } from "@gambeson/elements/locale";
const STEPS = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
] as const;
const OLD_DAYS = 7;

/** When something was: "5 min. ago", and after a week the day. */
export function whenText(instant: string, nowMs: number, locale = LOCALE): string {
  const then = Date.parse(instant);
  const seconds = Math.max(0, (nowMs - then) / 1000);
  if (seconds >= OLD_DAYS * 86_400) {
    return new Intl.DateTimeFormat(locale, { dateStyle: "medium" }).format(then);
  }
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" });
  const step = STEPS.find(([, length]) => seconds >= length);
  return step === undefined
    ? relative.format(0, "second")
    : relative.format(-Math.floor(seconds / step[1]), step[0]);
}
