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

/**
 * Tells all runs, as they come page by page, and every change of them, until `signal` aborts.
 *
 * @throws {UnreachableError} {ProblemError} If the server does not answer before anything is known, or refuses.
 */
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

  /** Loaded again, the list is replaced when it is whole. What changes while its pages come is told by later events. */
  async function loadAll(): Promise<void> {
    const loaded: RunSummary[] = [];
    const isFirst = state === NO_RUNS;
    let cursor: string | null | undefined;
    let eventId: number | undefined;
    do {
      const page = await server.runs.list({ limit: PAGE, ...(cursor == null ? {} : { cursor }) }, { signal });
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
    if (wantsTitles(state)) tell(withTitles(state, await server.datasets.list({ signal })));
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

  const onFirstTrouble = (error: unknown) => {
    if (state === NO_RUNS) throw error;
    onTrouble();
  };
  await untilAnswered(loadAll, onFirstTrouble, signal);
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
