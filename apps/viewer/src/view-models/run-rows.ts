import type { RunState, RunSummary } from "@gambeson/contract";

/** What a list draws of one run: words, and a share. */
export interface RunRow {
  readonly id: string;
  readonly name: string;
  readonly state: RunState;
  readonly stateText: string;
  /** In [0, 1]; null for a run that is not under way. */
  readonly share: number | null;
  /** What is being done, what went wrong, or what it is run on. */
  readonly note: string;
  /** "Deep Defense: accuracy 86.1 %, rho2 0.110", a line a model. */
  readonly numbers: readonly string[];
  /** Address of the report; null until there is one. */
  readonly report: string | null;
}

const WORDS = {
  queued: "waiting",
  running: "running",
  finished: "finished",
  failed: "failed",
  cancelled: "cancelled",
} as const satisfies Record<RunState, string>;

/** @param locale For numbers; the reader's own where undefined. */
export function runRows(
  runs: readonly RunSummary[],
  notes: ReadonlyMap<string, string>,
  locale?: string,
): readonly RunRow[] {
  const percent = new Intl.NumberFormat(locale, {
    style: "percent",
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const number = new Intl.NumberFormat(locale, { minimumFractionDigits: 4, maximumFractionDigits: 4 });
  return runs.map((run) => ({
    id: run.id,
    name: run.name,
    state: run.state,
    stateText: run.state === "running" ? `${WORDS.running}, ${percent.format(run.share)}` : WORDS[run.state],
    share: run.state === "running" ? run.share : null,
    note: noteOf(run, notes.get(run.id)),
    numbers: (run.headline ?? []).map(
      ({ label, accuracy, rho2 }) =>
        `${label}: accuracy ${percent.format(accuracy)}, rho2 ${number.format(rho2)}`,
    ),
    report: run.state === "finished" ? `/api/v1/runs/${run.id}/report.html` : null,
  }));
}

function noteOf({ state, error, dataset, standIn }: RunSummary, note: string | undefined): string {
  if (state === "failed") return error ?? "";
  if (state === "running" && note !== undefined) return note;
  return standIn === true ? `on ${dataset}, which stands in for the data set wanted` : `on ${dataset}`;
}
