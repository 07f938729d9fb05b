import { ProblemError } from "@gambeson/client";
import type { Run, RunSummary, ServerEvent } from "@gambeson/contract";
import {
  afterEvent,
  NO_RUNS,
  wantsTitles,
  withoutRun,
  withRun,
  withTitles,
  type RunsState,
} from "../view-models/runs-state.ts";
import { followEvents } from "./follow-events.ts";
import { server } from "./server.ts";
import { untilAnswered } from "./until-answered.ts";

/** The server's most. */
const PAGE = 200;
const NO_ANSWER = "No answer from the server; asking again. What is shown may be old.";

/** Tells all runs, as they come page by page, and every change of them, until `signal` aborts. */
export async function followRuns(onState: (state: RunsState) => void, signal: AbortSignal): Promise<void> {
  let state = NO_RUNS;
  /** The last event that the list knows of. */
  let known = 0;
  const tell = (next: RunsState) => {
    state = next;
    onState(state);
  };
  const onTrouble = () => {
    tell({ ...state, trouble: NO_ANSWER });
  };

  /** Where nothing is known yet, a server that does not answer is a failure; from then on, it is waited for. */
  const patiently = <T>(ask: () => Promise<T>): Promise<T> =>
    state === NO_RUNS ? ask() : untilAnswered(ask, onTrouble, signal);

  /** Loaded again, the list is replaced when it is whole. What changes while its pages come is told by later events. */
  async function loadAll(): Promise<void> {
    const loaded: RunSummary[] = [];
    const isFirst = state === NO_RUNS;
    let cursor: string | null | undefined;
    let eventId: number | undefined;
    do {
      const from = cursor == null ? {} : { cursor };
      const page = await patiently(() => server.runs.list({ limit: PAGE, ...from }, { signal }));
      loaded.push(...page.runs);
      eventId ??= page.eventId;
      cursor = page.nextCursor;
      if (!isFirst && cursor !== null) continue;
      tell({ ...state, runs: [...loaded], total: page.total, trouble: null });
      await loadTitles();
    } while (cursor !== null);
    known = eventId;
  }

  async function loadTitles(): Promise<void> {
    if (!wantsTitles(state)) return;
    const datasets = await patiently(() => server.datasets.list({ signal }));
    tell({ ...withTitles(state, datasets), trouble: null });
  }

  async function apply(event: ServerEvent): Promise<void> {
    if (event.id <= known) return;
    const next = afterEvent(state, event);
    if (next !== null) {
      tell(next);
      return;
    }
    const run = await runOrNull(event.run, signal);
    tell({ ...(run === null ? withoutRun(state, event.run) : withRun(state, run)), trouble: null });
    await loadTitles();
  }

  await loadAll();
  await followEvents({
    after: known,
    signal,
    onEvent: (event) => untilAnswered(() => apply(event), onTrouble, signal),
    reload: loadAll,
    onTrouble,
  });
}

/** Null where it has been deleted meanwhile. */
async function runOrNull(id: string, signal: AbortSignal): Promise<Run | null> {
  try {
    return await server.runs.get(id, { signal });
  } catch (error) {
    if (error instanceof ProblemError && error.code === "RUN_NOT_FOUND") return null;
    throw error;
  }
}
