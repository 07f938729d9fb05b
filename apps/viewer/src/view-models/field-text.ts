import { LOCALE } from "@gambeson/elements/locale";
import type { LeafField, NumberBounds } from "./form-fields.ts";

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

/** What a field may hold, for people: "whole number from 1 to 1,000"; "" where it says so itself. */
export function boundsText(field: LeafField): string {
  if (field.kind !== "number" && field.kind !== "numbers") return "";
  const bounds = numberText(field, { isWhole: false });
  return field.kind === "number" ? bounds : `numbers separated by commas, each a ${bounds}`;
}

/** @param isWhole Whether also bounds that lie far off are told. */
function numberText(
  { isInteger, min, max, above, below }: NumberBounds,
  { isWhole }: { readonly isWhole: boolean },
): string {
  const number = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 9 });
  return [
    isInteger ? "whole number" : "number",
    ...(min === null ? [] : [`from ${number.format(min)}`]),
    ...(above === null ? [] : [`above ${number.format(above)}`]),
    ...(max === null || (max >= FAR && !isWhole) ? [] : [`up to ${number.format(max)}`]),
    ...(below === null ? [] : [`below ${number.format(below)}`]),
  ]
    .join(" ")
    .replace(/(from .+) up to/, "$1 to")
    .replace(/(from .+) below/, "$1 and below");
}

/** A value as a sentence names it: "all", "on", "1, 2". */
export function valueText(field: LeafField, value: unknown): string {
  if (field.kind === "switch") return value === true ? "on" : "off";
  return fieldText(field, value) || (value === null ? "all" : "none");
}

/** What a reader would have to write, in place of what a schema says of its value: "A whole number from 1". Other words stay. */
export function wantedText(field: LeafField, issue: string, entry: number | null = null): string {
  const words = issue.replace(/: current value (is|has) .*$/s, "");
  if (field.kind !== "number" && field.kind !== "numbers") return capitalised(words);
  if (words.startsWith("must have at least 1 entry")) return "At least one number";
  if (!/^must be (number|an integer|[<>])/.test(words)) return capitalised(words);
  const bounds = numberText(field, { isWhole: words.startsWith("must be <") });
  return entry === null ? `A ${bounds}` : `Entry ${entry + 1}: a ${bounds}`;
}

export function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function numberOr(text: string): number | string {
  const trimmed = text.trim();
  const number = Number(trimmed);
  return trimmed === "" || !Number.isFinite(number) ? trimmed : number;
}
