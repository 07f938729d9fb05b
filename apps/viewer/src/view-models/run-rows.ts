import { LOCALE } from "@gambeson/elements/locale";
import type { RunState, RunSummary } from "@gambeson/contract";
import { fourDecimalsText, percentText } from "@gambeson/elements/numbers";
import { RUN_ACTIONS, type RunAction } from "./run-actions.ts";
import { roughDuration } from "./rough-duration.ts";
import type { RunsState } from "./runs-state.ts";
import { timeLeft } from "./time-left.ts";
import { whenText } from "./when-text.ts";

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
  /** What people call the run's data set; its name where undefined. */
  readonly title?: string | undefined;
  /** What a running run last said. */
  readonly note: string | undefined;
  readonly nowMs: number;
  /** Of numbers and times; default: the page's. */
  readonly locale?: string;
}

export const STATE_WORDS = {
  queued: "waiting",
  running: "running",
  finished: "finished",
  failed: "failed",
  cancelled: "cancelled",
} as const satisfies Record<RunState, string>;

export function runRow(run: RunSummary, { note, title, nowMs, locale = LOCALE }: RowOptions): RunRow {
  const { id, name, state, tags, headline, epsilonReference, createdAt } = run;
  return {
    id,
    name,
    state,
    stateText: stateText(run, nowMs, locale),
    share: state === "running" ? run.share : null,
    note: noteOf(run, note),
    dataset: title ?? run.dataset,
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
    actions: RUN_ACTIONS[state],
  };
}

/** "running, 45%, about 40 sec left". */
export function stateText({ state, share, startedAt }: RunSummary, nowMs: number, locale = LOCALE): string {
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
  about: Pick<RunsState, "notes" | "titles">,
  nowMs: number,
) => readonly RunRow[] {
  const known = new Map<string, { readonly run: RunSummary; readonly key: string; readonly row: RunRow }>();
  return (runs, { notes, titles }, nowMs) =>
    runs.map((run) => {
      const [note, title] = [notes.get(run.id), titles.get(run.dataset)];
      // Seconds show in what is left of a running one only.
      const clock = Math.floor(nowMs / (run.state === "running" ? 1000 : 60_000));
      const key = JSON.stringify([clock, note, title]);
      const before = known.get(run.id);
      if (before?.run === run && before.key === key) return before.row;
      const row = runRow(run, { note, title, nowMs });
      known.set(run.id, { run, key, row });
      return row;
    });
}
