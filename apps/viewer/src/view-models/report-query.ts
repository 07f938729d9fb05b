import type { ReportView } from "@gambeson/elements";
import { IMAGE_SETS } from "@gambeson/report";
import { flag, numberIn, oneOf, shortText, wholeNumber } from "../app/query-values.ts";
import type { Query } from "../app/routes.ts";

/** What needs no word in the address. */
const USUAL: ReportView = { difference: true, zoom: false, all: false };

/**
 * What the address says of `<gambeson-report>`. What cannot be read counts as not said.
 *
 * @param before What it said last: a list that says the same is the same list, so that no chart is drawn again for it.
 */
export function reportView(query: Query, before: ReportView = {}): ReportView {
  const view: { readonly [K in keyof ReportView]: ReportView[K] | null | undefined } = {
    epsilon: numberIn(query.epsilon, 0, Infinity),
    class: wholeNumber(query.class),
    images: oneOf(query.images, IMAGE_SETS),
    model: query.model,
    amplify: numberIn(query.amplify, 0, Infinity),
    difference: flag(query.difference),
    hidden: query.hidden === before.hidden?.join(",") ? before.hidden : query.hidden?.split(","),
    zoom: flag(query.zoom),
    all: flag(query.all),
    section: query.section,
  };
  return Object.fromEntries(Object.entries(view).filter(([, value]) => value != null));
}

/** How the address changes with the view, and whether the back key leads back: not through what a slider ran over. */
export function reportQuery(changes: ReportView): {
  readonly changes: Readonly<Record<string, string | null>>;
  readonly how: "push" | "replace";
} {
  const texts = (Object.keys(changes) as (keyof ReportView)[]).map(
    (key) => [key, changes[key] === USUAL[key] ? null : textOf(changes[key])] as const,
  );
  const isSlid = "epsilon" in changes || "amplify" in changes;
  return { changes: Object.fromEntries(texts), how: isSlid ? "replace" : "push" };
}

function textOf(value: ReportView[keyof ReportView]): string | null {
  if (typeof value === "number") return shortText(value);
  if (typeof value === "object") return value.length === 0 ? null : value.join(",");
  return value === undefined ? null : String(value);
}
