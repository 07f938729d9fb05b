import { createClient } from "@gambeson/client";
import type { RunSummary, ServerEvent } from "@gambeson/contract";

/** What a page knows of the server's runs. */
export interface RunsState {
  /** Null until the server has answered once. */
  readonly runs: readonly RunSummary[] | null;
  /** What each running task last said, by run. */
  readonly notes: ReadonlyMap<string, string>;
  /** Why there is no news; null while there is. */
  readonly trouble: string | null;
}

/** Runs shown at once. */
const SHOWN = 200;

/** Tells the runs, newest first, and every change of them, until `signal` aborts. The only place that asks the server. */
export async function followRuns(onState: (state: RunsState) => void, signal: AbortSignal): Promise<void> {
  const client = createClient({ address: location.origin });
  let state: RunsState = { runs: null, notes: new Map(), trouble: null };
  const tell = (changes: Partial<RunsState>) => {
    state = { ...state, ...changes };
    onState(state);
  };
  async function load(): Promise<number> {
    const { runs, eventId } = await client.runs.list({ limit: SHOWN }, { signal });
    tell({ runs, trouble: null });
    return eventId;
  }
  const after = await load();
  await client.events({
    after,
    signal,
    onEvent: (event) => {
      const next = applied(state, event);
      if (next !== null) tell(next);
      else load().catch(() => undefined); // Its failure shows as the stream's own.
    },
    onState: (connection) => {
      tell({ trouble: connection.kind === "open" ? null : "No answer from the server; asking again." });
    },
  });
}

/** @returns The state after an event; null where the runs must be asked for again. */
export function applied(state: RunsState, event: ServerEvent): Partial<RunsState> | null {
  switch (event.kind) {
    case "task-started":
    case "task-progress": {
      const note = event.kind === "task-started" ? event.title : event.note;
      const runs = state.runs?.map((run) => (run.id === event.run ? { ...run, share: event.runShare } : run));
      return { runs: runs ?? null, notes: new Map(state.notes).set(event.run, note) };
    }
    case "epoch-finished":
      return {};
    case "run-created":
    case "run-changed":
    case "run-deleted":
    case "task-finished":
    case "task-failed":
      return null;
  }
}
