import { LOCALE } from "@gambeson/elements/locale";
import type { LeafField } from "./form-fields.ts";

/** A value as its field shows it. */
export function fieldText(field: LeafField, value: unknown): string {
  if (value === null || value === undefined) return "";
  if (field.kind === "numbers" && Array.isArray(value)) return value.map(String).join(", ");
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What a field's text stands for. Text that is no number stays text, and is refused as such. */
export function fieldValue(field: LeafField, text: string): unknown {
  switch (field.kind) {
    case "number":
      return text.trim() === "" && field.isNullable ? null : numberOr(text);
    case "numbers":
      return text.trim() === "" ? [] : text.replace(/,\s*$/, "").split(",").map(numberOr);
    case "switch":
      return text === "true";
    case "choice":
    case "text":
      return text;
    default:
      return field satisfies never;
  }
}

/** From here on a bound only keeps out what nobody types. */
const FAR = 1e6;

/** What a field may hold, for people: "whole number, from 1 to 1,000"; "" where it says so itself. */
export function boundsText(field: LeafField, locale = LOCALE): string {
  if (field.kind !== "number" && field.kind !== "numbers") return "";
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 9 });
  const what = field.isInteger ? "whole number" : "number";
  const { min, max, above, below } = field;
  const parts = [
    field.kind === "numbers" ? `${what}s, separated by commas` : what,
    ...(min === null ? [] : [`from ${number.format(min)}`]),
    ...(above === null ? [] : [`above ${number.format(above)}`]),
    ...(max === null || max >= FAR ? [] : [`to ${number.format(max)}`]),
    ...(below === null ? [] : [`below ${number.format(below)}`]),
  ];
  return parts.join(", ").replace(", to", " to");
}

function numberOr(text: string): number | string {
  const trimmed = text.trim();
  const number = Number(trimmed);
  return trimmed === "" || !Number.isFinite(number) ? trimmed : number;
}
