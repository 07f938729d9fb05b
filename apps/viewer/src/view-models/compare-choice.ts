import type { RunSummary } from "@gambeson/contract";
import { IMAGE_SETS, type ImageSet } from "@gambeson/report";
import { oneOf, wholeNumber } from "../app/query-values.ts";
import type { Query } from "../app/routes.ts";

/** Which runs are compared, and what of them, as the address says. */
export interface CompareChoice {
  /** Those that can be, in the address's order. */
  readonly runs: readonly RunSummary[];
  /** The one that the others are held against; null where there is none to compare. */
  readonly baseline: string | null;
  /** Why others that the address names are left out, a sentence each. */
  readonly leftOut: readonly string[];
  /** Id of the model whose curves are asked for; "" for every model's, null where none is named. */
  readonly model: string | null;
  /** Of ROC curves: the true class that is asked for. */
  readonly label: number;
  readonly images: ImageSet;
  /** Ids of lines that are hidden. */
  readonly hidden: readonly string[];
  /** Searched for among the runs to pick from. */
  readonly q: string;
}

/** @param all Every run of the server. */
export function compareChoice(query: Query, all: readonly RunSummary[]): CompareChoice {
  const named = [...new Set((query.runs ?? "").split(",").filter((id) => id !== ""))];
  const found = new Map(all.map((run) => [run.id, run]));
  const runs = named.flatMap((id) => found.get(id) ?? []).filter(({ state }) => state === "finished");
  const baseline = runs.find(({ id }) => id === query.baseline) ?? runs[0];
  return {
    runs,
    baseline: baseline?.id ?? null,
    leftOut: named.flatMap((id) => whyLeftOut(id, found.get(id))),
    model: query.model ?? null,
    label: wholeNumber(query.class) ?? 0,
    images: oneOf(query.images, IMAGE_SETS) ?? "transferred",
    hidden: query.hidden === undefined ? [] : query.hidden.split(","),
    q: query.q ?? "",
  };
}

function whyLeftOut(id: string, run: RunSummary | undefined): readonly string[] {
  if (run === undefined) return [`There is no run “${id}”; it may have been deleted.`];
  if (run.state === "finished") return [];
  const why =
    run.state === "failed" || run.state === "cancelled"
      ? `was not finished: it ${run.state === "failed" ? "failed" : "was cancelled"}`
      : "has not finished yet";
  return [`“${run.name}” ${why}.`];
}

/** Longest name of a run beside others. */
const MOST_CHARACTERS = 32;

/** What each run is called among the others: its name, shortened, and the end of its id where another would be called the same. */
export function runLabels(runs: readonly Pick<RunSummary, "id" | "name">[]): ReadonlyMap<string, string> {
  const short = runs.map(({ name }) =>
    name.length <= MOST_CHARACTERS ? name : `${name.slice(0, MOST_CHARACTERS - 1).trimEnd()}…`,
  );
  return new Map(
    runs.map(({ id }, i) => {
      const isAlone = short.filter((other) => other === short[i]).length === 1;
      return [id, isAlone ? short[i]! : `${short[i]!} (${id.slice(-4)})`];
    }),
  );
}

/** The finished runs that a search finds, and those that are picked already. */
export function pickableRuns(
  all: readonly RunSummary[],
  { runs, q }: Pick<CompareChoice, "runs" | "q">,
): readonly RunSummary[] {
  const wanted = q.trim().toLowerCase();
  const picked = new Set(runs.map(({ id }) => id));
  return all.filter(({ id, state, name, notes, tags, dataset }) => {
    const text = [name, notes, dataset, ...tags].join("\n").toLowerCase();
    return state === "finished" && (picked.has(id) || text.includes(wanted));
  });
}
