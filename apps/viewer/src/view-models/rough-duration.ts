import { LOCALE } from "@gambeson/elements/locale";
/** How long something takes, as one says it: 7 sec, 40 sec, 4 min, 1 hr 20 min. */
export function roughDuration(seconds: number, locale = LOCALE): string {
  const text = (value: number, unit: "second" | "minute" | "hour") =>
    new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short" }).format(value);
  if (seconds < 57.5) {
    return text(seconds < 10 ? Math.max(1, Math.round(seconds)) : 5 * Math.round(seconds / 5), "second");
  }
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return text(minutes, "minute");
  const rest = minutes < 600 ? 10 * Math.round((minutes % 60) / 10) : 0;
  const hours = minutes < 600 ? Math.floor(minutes / 60) + (rest === 60 ? 1 : 0) : Math.round(minutes / 60);
  return rest === 0 || rest === 60 ? text(hours, "hour") : `${text(hours, "hour")} ${text(rest, "minute")}`;
}
