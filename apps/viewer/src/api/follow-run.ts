import type { Result, Run, ServerEvent } from "@gambeson/contract";
import { applyEvent } from "../view-models/apply-event.ts";
import { followEvents } from "./follow-events.ts";
import { paced } from "./paced.ts";
import { RunDeletedError } from "./run-deleted-error.ts";
import { server } from "./server.ts";
import { untilAnswered } from "./until-answered.ts";

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
/** Between two tellings: events come in hundreds when a page is opened. */
const PACE_MS = 60;

/**
 * Tells a run, and every change of it, until `signal` aborts: it is asked for once, then goes on by its events, over one stream that
 * brings its log from the beginning.
 *
 * @throws {ProblemError} If there is no such run, or the server refuses otherwise.
 * @throws {RunDeletedError} Once it is deleted.
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
  /** Of the result that is here. */
  let resultSha256: string | null = null;
  const tell = paced(() => {
    if (!signal.aborted) onRun(followed);
  }, PACE_MS);
  const note = (changes: Partial<FollowedRun>) => {
    followed = { ...followed, ...changes };
    tell();
  };
  const onTrouble = () => {
    note({ trouble: NO_ANSWER });
  };

  /** What came out of the run, where that is not what is here already. */
  async function loadResult(): Promise<void> {
    const { run, result } = followed;
    if (run.state !== "finished") note({ result: null });
    else if (result === null || run.resultSha256 !== resultSha256) {
      note({ result: await server.runs.result(id, { signal }) });
      resultSha256 = run.resultSha256;
    }
  }

  async function load(): Promise<void> {
    const run = await server.runs.get(id, { signal });
    // A server that has begun anew counts its events from one again: those in the log were others.
    const log = run.eventId < followed.run.eventId ? [] : followed.log;
    note({ run, log, trouble: null });
    await loadResult();
  }

  async function apply(event: ServerEvent): Promise<void> {
    if (event.kind !== "task-progress") note({ log: [...followed.log, event] });
    if (event.id <= followed.run.eventId) return;
    if (event.kind === "run-deleted") throw new RunDeletedError(id);
    const run = applyEvent(followed.run, event);
    if (run !== null) note({ run });
    else await untilAnswered(load, onTrouble, signal);
  }

  onRun(followed);
  await untilAnswered(loadResult, onTrouble, signal);
  note({ trouble: null });
  await followEvents({ run: id, after: 0, signal, onEvent: apply, reload: load, onTrouble });
}
