import type { DatasetEntry, RunSummary, ServerEvent } from "@gambeson/contract";

/** What a page knows of the server's runs. */
export interface RunsState {
  /** All that have come so far, in no order that matters. */
  readonly runs: readonly RunSummary[];
  /** How many there are in all. */
  readonly total: number;
  /** What each running run last said, by its id. */
  readonly notes: ReadonlyMap<string, string>;
  /** What people call each data set that a run names, by the name that it has in configs. */
  readonly titles: ReadonlyMap<string, string>;
  /** Why there is no news; null while there is. */
  readonly trouble: string | null;
}

export const NO_RUNS: RunsState = { runs: [], total: 0, notes: new Map(), titles: new Map(), trouble: null };

/** The state after an event that says enough by itself; null where its run must be asked for. */
export function afterEvent(state: RunsState, event: ServerEvent): RunsState | null {
  switch (event.kind) {
    case "run-created":
    case "run-changed":
      return null;
    case "run-deleted":
      return withoutRun(state, event.run);
    case "task-started":
    case "task-finished":
      return withProgress(state, event.run, event.runShare, event.title);
    case "task-progress":
      return withProgress(state, event.run, event.runShare, event.note);
    case "epoch-finished":
    case "task-failed":
      return state;
    default:
      return event satisfies never;
  }
}

/** The state with a run as it is now. */
export function withRun(state: RunsState, run: RunSummary): RunsState {
  const isKnown = state.runs.some(({ id }) => id === run.id);
  const runs = isKnown
    ? state.runs.map((known) => (known.id === run.id ? run : known))
    : [run, ...state.runs];
  return { ...state, runs, total: isKnown ? state.total : state.total + 1 };
}

export function withoutRun(state: RunsState, id: string): RunsState {
  const runs = state.runs.filter((run) => run.id !== id);
  return { ...state, runs, total: state.total - (state.runs.length - runs.length) };
}

/** Whether a run names a data set whose title is yet to be asked for. */
export function wantsTitles({ runs, titles }: RunsState): boolean {
  return runs.some(({ dataset }) => !titles.has(dataset));
}

/** The state with the titles of the server's data sets; one that it does not list is called what configs call it. */
export function withTitles(state: RunsState, datasets: readonly DatasetEntry[]): RunsState {
  const names = state.runs.map(({ dataset }) => [dataset, dataset] as const);
  return {
    ...state,
    titles: new Map([...names, ...datasets.map(({ name, title }) => [name, title] as const)]),
  };
}

function withProgress(state: RunsState, id: string, share: number, note: string): RunsState {
  return {
    ...state,
    runs: state.runs.map((run) => (run.id === id ? { ...run, share } : run)),
    notes: new Map(state.notes).set(id, note),
  };
}
