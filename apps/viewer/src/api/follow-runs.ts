import { ProblemError } from "@gambeson/client";
import type { RunSummary, ServerEvent } from "@gambeson/contract";
import { afterEvent, NO_RUNS, withoutRun, withRun, type RunsState } from "./runs-state.ts";
import { server } from "./server.ts";

/** The server's most. */
const PAGE = 200;

/** Tells all runs, as they come page by page, and every change of them, until `signal` aborts. */
export async function followRuns(onState: (state: RunsState) => void, signal: AbortSignal): Promise<void> {
  let state = NO_RUNS;
  const tell = (next: RunsState) => {
    state = next;
    onState(state);
  };

  /** @returns The event that the first page knows of: what changes while the others come is told by later ones. */
  async function loadAll(): Promise<number> {
    const loaded: RunSummary[] = [];
    const isFirst = state === NO_RUNS;
    let cursor: string | null | undefined;
    let eventId: number | undefined;
    do {
      const page = await server.runs.list({ limit: PAGE, ...(cursor == null ? {} : { cursor }) }, { signal });
      loaded.push(...page.runs);
      eventId ??= page.eventId;
      cursor = page.nextCursor;
      // Loaded again, the list is replaced when it is whole.
      if (isFirst || cursor === null) tell({ ...state, runs: [...loaded], total: page.total, trouble: null });
    } while (cursor !== null);
    return eventId;
  }

  async function onEvent(event: ServerEvent): Promise<void> {
    tell(afterEvent(state, event) ?? (await withFresh(state, event.run, signal)));
  }

  let isLost = false;
  await server.events({
    after: await loadAll(),
    signal,
    onEvent,
    onState: ({ kind }) => {
      if (kind === "waiting") {
        isLost = true;
        tell({ ...state, trouble: "No answer from the server; asking again. What is shown may be old." });
      } else if (kind === "open" && isLost) {
        isLost = false;
        // The server may have begun anew, with other runs. A failure shows as the stream's own.
        loadAll().catch(() => undefined);
      }
    },
  });
}

async function withFresh(state: RunsState, id: string, signal: AbortSignal): Promise<RunsState> {
  try {
    return withRun(state, await server.runs.get(id, { signal }));
  } catch (error) {
    if (error instanceof ProblemError && error.code === "RUN_NOT_FOUND") return withoutRun(state, id);
    if (error instanceof ProblemError) throw error;
    return state; // Nothing answers: when something does, all is loaded again.
  }
}
