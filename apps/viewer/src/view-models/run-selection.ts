import { LOCALE } from "@gambeson/elements/locale";
import { RUN_STATES, type RunState, type RunSummary } from "@gambeson/contract";
import type { Query } from "../app/routes.ts";

export const SORT_KEYS = ["created", "name", "state", "dataset", "accuracy", "rho2", "epsilon"] as const;
export type SortKey = (typeof SORT_KEYS)[number];

/** "Run 9" before "Run 10". */
const TEXTS = new Intl.Collator(LOCALE, { numeric: true });

/** Which runs are shown, in which order, and which are picked: what the address says. */
export interface RunChoice {
  /** Text in the name, notes, tags or data set, whatever its case. */
  readonly q: string;
  readonly state: RunState | null;
  readonly tag: string | null;
  readonly dataset: string | null;
  readonly sort: SortKey;
  readonly order: "asc" | "desc";
  /** Ids of those to compare, in the order in which they were picked. */
  readonly picked: readonly string[];
}

export function runChoice(query: Query): RunChoice {
  const { q = "", state, tag = null, dataset = null, sort, order, pick = "" } = query;
  const key = SORT_KEYS.find((known) => known === sort) ?? "created";
  return {
    q,
    state: RUN_STATES.find((known) => known === state) ?? null,
    tag,
    dataset,
    sort: key,
    order: order === "asc" || order === "desc" ? order : firstOrder(key),
    picked: [...new Set(pick.split(",").filter((id) => /^r[0-9a-z]{19}$/.test(id)))],
  };
}

/** Texts rise at first; numbers and times fall. */
export function firstOrder(key: SortKey): "asc" | "desc" {
  return key === "name" || key === "state" || key === "dataset" ? "asc" : "desc";
}

/** How the address changes when a header is chosen: another key, or the same one the other way round. */
export function sortQuery({ sort, order }: RunChoice, key: SortKey): Record<"sort" | "order", string | null> {
  const next = sort === key ? (order === "asc" ? "desc" : "asc") : firstOrder(key);
  return { sort: key === "created" ? null : key, order: next === firstOrder(key) ? null : next };
}

/** What people call data sets, by their names in configs; one that is not in it has no other. */
export type DatasetTitles = ReadonlyMap<string, string>;

/** The chosen runs, in their order; of equals the newer one first. */
export function chosenRuns(
  runs: readonly RunSummary[],
  choice: RunChoice,
  titles: DatasetTitles,
): readonly RunSummary[] {
  const wanted = choice.q.trim().toLowerCase();
  const found = runs.filter(
    (run) =>
      (choice.state === null || run.state === choice.state) &&
      (choice.tag === null || run.tags.includes(choice.tag)) &&
      (choice.dataset === null || run.dataset === choice.dataset) &&
      (wanted === "" || textOf(run, titles).includes(wanted)),
  );
  const sign = choice.order === "asc" ? 1 : -1;
  const valueOf = (run: RunSummary) => sortValue(run, choice.sort, titles);
  return found.toSorted((a, b) => compared(valueOf(a), valueOf(b), sign) || newerFirst(a, b));
}

/** Data sets by what configs and people call them. */
export type DatasetChoices = readonly { readonly name: string; readonly title: string }[];

/** The data sets and tags that there are, to choose from. */
export function choicesIn(
  runs: readonly RunSummary[],
  titles: DatasetTitles,
): { readonly datasets: DatasetChoices; readonly tags: readonly string[] } {
  const names = new Set(runs.map(({ dataset }) => dataset));
  return {
    datasets: [...names]
      .map((name) => ({ name, title: titles.get(name) ?? name }))
      .toSorted((a, b) => TEXTS.compare(a.title, b.title)),
    tags: [...new Set(runs.flatMap(({ tags }) => tags))].toSorted(TEXTS.compare),
  };
}

function textOf({ name, notes, tags, dataset }: RunSummary, titles: DatasetTitles): string {
  return [name, notes, dataset, titles.get(dataset) ?? "", ...tags].join("\n").toLowerCase();
}

type SortValue = string | number | null;

/** Runs without the value come last, whichever way. */
function compared(left: SortValue, right: SortValue, sign: 1 | -1): number {
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  const difference =
    typeof left === "number" && typeof right === "number"
      ? left - right
      : TEXTS.compare(String(left), String(right));
  return sign * difference;
}

function sortValue(run: RunSummary, key: SortKey, titles: DatasetTitles): SortValue {
  switch (key) {
    case "created":
      return Date.parse(run.createdAt);
    case "name":
      return run.name;
    case "state":
      return RUN_STATES.indexOf(run.state);
    case "dataset":
      return titles.get(run.dataset) ?? run.dataset;
    case "accuracy":
      return most(run.headline?.map(({ accuracy }) => accuracy));
    case "rho2":
      return most(run.headline?.map(({ rho2 }) => rho2));
    case "epsilon":
      return run.epsilonReference;
    default:
      return key satisfies never;
  }
}

function most(values: readonly number[] | undefined): number | null {
  return values === undefined || values.length === 0 ? null : Math.max(...values);
}

function newerFirst(a: RunSummary, b: RunSummary): number {
  return a.createdAt === b.createdAt ? b.id.localeCompare(a.id) : b.createdAt.localeCompare(a.createdAt);
}
