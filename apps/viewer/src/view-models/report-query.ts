import type { ReportView } from "@gambeson/elements";
import type { Query } from "../app/routes.ts";

const IMAGE_SETS = ["benign", "transferred", "own"] as const;

/** What the address says of `<gambeson-report>`. What cannot be read counts as not said. */
export function reportView(query: Query): ReportView {
  const images = IMAGE_SETS.find((set) => set === query.images);
  const view: { readonly [K in keyof ReportView]: ReportView[K] | undefined } = {
    epsilon: number(query.epsilon),
    class: number(query.class),
    images,
    model: query.model,
    amplify: number(query.amplify),
    difference: flag(query.difference),
    hidden: query.hidden?.split(","),
    zoom: flag(query.zoom),
  };
  return Object.fromEntries(Object.entries(view).filter(([, value]) => value !== undefined));
}

/** How the address changes with the view, and whether the back key leads back: not through what a slider ran over. */
export function reportQuery(changes: ReportView): {
  readonly changes: Readonly<Record<string, string | null>>;
  readonly how: "push" | "replace";
} {
  const texts = (Object.keys(changes) as (keyof ReportView)[]).map(
    (key) => [key, textOf(changes[key])] as const,
  );
  const isSlid = "epsilon" in changes || "amplify" in changes;
  return { changes: Object.fromEntries(texts), how: isSlid ? "replace" : "push" };
}

function textOf(value: ReportView[keyof ReportView]): string | null {
  if (typeof value === "number") return String(Number(value.toFixed(6)));
  if (typeof value === "object") return value.length === 0 ? null : value.join(",");
  return value === undefined ? null : String(value);
}

function number(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}(\.\d{1,9})?$/.test(text) ? Number(text) : undefined;
}

function flag(text: string | undefined): boolean | undefined {
  return text === "true" ? true : text === "false" ? false : undefined;
}
