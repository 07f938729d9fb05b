import type { Readiness } from "@gambeson/contract";
import type { State } from "../state/state.ts";

/** A worker that is there says so more often than this. */
const HEARD_OF_MS = 10_000;

/** Whether runs that are queued now would be done, and kept: the database answers from its place, and a worker was heard of lately. */
export function readiness(state: State, now: number): Readiness {
  try {
    const workers = workersHeardOf(state, now);
    const { queued = 0, running = 0 } = state.runs.counts().runs;
    const isReady = workers > 0 && state.isInPlace();
    return { status: isReady ? "ready" : "waiting", workers, queued, running };
  } catch {
    return { status: "waiting", workers: 0, queued: 0, running: 0 };
  }
}

/** How many workers were heard of in the last seconds. */
export function workersHeardOf({ queue }: State, now: number): number {
  return queue.workers().filter(({ heardAt }) => now - heardAt <= HEARD_OF_MS).length;
}
