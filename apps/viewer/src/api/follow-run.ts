import { ProblemError, UnreachableError } from "@gambeson/client";
import type { Result, Run, ServerEvent } from "@gambeson/contract";
import { applyEvent } from "../view-models/apply-event.ts";
import { server } from "./server.ts";
import { paced } from "./paced.ts";

/** What a page knows of one run. */
export interface FollowedRun {
  readonly run: Run;
  /** All that happened to it, oldest first, but for the progress of its tasks. */
  readonly log: readonly ServerEvent[];
  /** Null until the run has finished, and what came out is here. */
  readonly result: Result | null;
  /** Why there is no news; null while there is. */
  readonly trouble: string | null;
}

const NO_ANSWER = "No answer from the server; asking again.";
/** Between two looks at a server that does not answer. */
const AGAIN_MS = 1000;
/** Between two tellings: events come in hundreds when a page is opened. */
const PACE_MS = 60;

/**
 * Tells a run, and every change of it, until `signal` aborts: it is asked for once, then goes on by its events, over one stream that
 * brings its log from the beginning.
 *
 * @throws {ProblemError} If there is no such run, or not any more, or the server refuses otherwise.
 */
export async function followRun(
  id: string,
  onRun: (followed: FollowedRun) => void,
  signal: AbortSignal,
): Promise<void> {
  let followed: FollowedRun = {
    run: await server.runs.get(id, { signal }),
    log: [],
    result: null,
    trouble: null,
  };
  const tell = paced(() => {
    if (!signal.aborted) onRun(followed);
  }, PACE_MS);
  const note = (changes: Partial<FollowedRun>) => {
    followed = { ...followed, ...changes };
    tell();
  };
  onRun(followed);
  await loadResult();

  /** What came out of the run, where that is not what is here already. */
  async function loadResult(): Promise<void> {
    const { run, result } = followed;
    if (run.state !== "finished") note({ result: null });
    else if (result === null) note({ result: await server.runs.result(id, { signal }) });
  }

  async function load(): Promise<void> {
    note({ run: await server.runs.get(id, { signal }), trouble: null });
    await loadResult();
  }

  await server.events({
    run: id,
    after: 0,
    signal,
    onEvent: async (event) => {
      if (event.kind !== "task-progress") note({ log: [...followed.log, event] });
      if (event.id <= followed.run.eventId) return;
      const run = applyEvent(followed.run, event);
      if (run !== null) note({ run });
      else
        await untilAnswered(
          load,
          () => {
            note({ trouble: NO_ANSWER });
          },
          signal,
        );
    },
    onState: ({ kind }) => {
      if (kind !== "connecting") note({ trouble: kind === "open" ? null : NO_ANSWER });
    },
  });
}

/** Tries again as long as the server is gone or busy. */
async function untilAnswered(
  ask: () => Promise<void>,
  onTrouble: () => void,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    try {
      await ask();
      return;
    } catch (error) {
      const isPassing =
        error instanceof UnreachableError || (error instanceof ProblemError && error.status === 503);
      if (!isPassing || signal.aborted) throw error;
      onTrouble();
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}
