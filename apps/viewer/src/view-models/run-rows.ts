import type { RunState, RunSummary } from "@gambeson/contract";
import { fourDecimalsText, percentText } from "@gambeson/elements/numbers";
import { roughDuration } from "./rough-duration.ts";
import { timeLeft } from "./time-left.ts";
import { whenText } from "./when-text.ts";

/** What can be done to a run in its state. */
export type RunAction = "cancel" | "retry" | "delete";

/** What a table draws of one run: words, and a share. */
export interface RunRow {
  readonly id: string;
  readonly name: string;
  readonly state: RunState;
  readonly stateText: string;
  /** In [0, 1]; null for a run that is not under way. */
  readonly share: number | null;
  /** What is being done, what went wrong, or what the numbers do not say; "" for nothing. */
  readonly note: string;
  readonly dataset: string;
  readonly models: readonly { readonly label: string; readonly accuracy: string; readonly rho2: string }[];
  /** "" where there is none. */
  readonly epsilonReference: string;
  readonly tags: readonly string[];
  readonly when: string;
  /** The whole date and time. */
  readonly instant: string;
  readonly actions: readonly RunAction[];
}

export interface RowOptions {
  /** What a running run last said. */
  readonly note: string | undefined;
  readonly nowMs: number;
  /** The reader's own where undefined. */
  readonly locale?: string;
}

export const STATE_WORDS = {
  queued: "waiting",
  running: "running",
  finished: "finished",
  failed: "failed",
  cancelled: "cancelled",
} as const satisfies Record<RunState, string>;

const ACTIONS = {
  queued: ["cancel"],
  running: ["cancel"],
  finished: ["delete"],
  failed: ["retry", "delete"],
  cancelled: ["retry", "delete"],
} as const satisfies Record<RunState, readonly RunAction[]>;

export function runRow(run: RunSummary, { note, nowMs, locale }: RowOptions): RunRow {
  const { id, name, state, tags, dataset, headline, epsilonReference, createdAt } = run;
  return {
    id,
    name,
    state,
    stateText: stateText(run, nowMs, locale),
    share: state === "running" ? run.share : null,
    note: noteOf(run, note),
    dataset,
    models: (headline ?? []).map(({ label, accuracy, rho2 }) => ({
      label,
      accuracy: percentText(accuracy),
      rho2: fourDecimalsText(rho2),
    })),
    epsilonReference: epsilonReference === null ? "" : fourDecimalsText(epsilonReference),
    tags,
    when: whenText(createdAt, nowMs, locale),
    instant: new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "medium" }).format(
      Date.parse(createdAt),
    ),
    actions: ACTIONS[state],
  };
}

/** "running, 45%, about 40 sec left". */
export function stateText({ state, share, startedAt }: RunSummary, nowMs: number, locale?: string): string {
  if (state !== "running") return STATE_WORDS[state];
  const left = timeLeft(share, startedAt, nowMs);
  const words = [STATE_WORDS.running, percentText(share, 0)];
  return [...words, ...(left === null ? [] : [`about ${roughDuration(left, locale)} left`])].join(", ");
}

function noteOf({ state, error, standIn, seeds }: RunSummary, note: string | undefined): string {
  if (state === "failed") return error ?? "";
  if (state === "running") return note ?? "";
  const words = [
    ...(standIn === true ? ["drawn images stand in for the data set wanted"] : []),
    ...(seeds > 1 ? [state === "finished" ? `mean of ${seeds} seeds` : `${seeds} seeds`] : []),
  ];
  return words.join("; ");
}

/** Makes rows, and gives a row again as long as nothing in it could have changed: drawing then passes over it. */
export function createRunRows(): (
  runs: readonly RunSummary[],
  notes: ReadonlyMap<string, string>,
  nowMs: number,
) => readonly RunRow[] {
  const known = new Map<string, { readonly run: RunSummary; readonly key: string; readonly row: RunRow }>();
  return (runs, notes, nowMs) =>
    runs.map((run) => {
      const note = notes.get(run.id);
      // Seconds show in what is left of a running one only.
      const key = `${Math.floor(nowMs / (run.state === "running" ? 1000 : 60_000))} ${note ?? ""}`;
      const before = known.get(run.id);
      if (before?.run === run && before.key === key) return before.row;
      const row = runRow(run, { note, nowMs });
      known.set(run.id, { run, key, row });
      return row;
    });
}
