import { ArtefactMissingError } from "../disk/artefact-missing-error.ts";
import { isStorageError } from "../disk/storage-error.ts";
import { describeError } from "../terminal/describe-error.ts";
import { LeaseLostError, type Claim, type State } from "../state/state.ts";
import { doTask } from "./do-task.ts";
import type { WorkerParts } from "./worker-parts.ts";

/** How often a worker without a task looks for one, one with a task looks whether it still has it, and either says that it is there. */
const LOOK_MS = 200;
const HEARTBEAT_MS = 500;
const GREETING_MS = 3000;
/** Tasks of a key that another worker is at are looked at again after so long. */
const DEFER_MS = 1000;
/** How long to wait where the disk takes nothing. */
const STORAGE_PAUSE_MS = 5000;

/** Takes tasks from the queue and does them, one after another, until it is told to stop; what it holds then is given back. */
export async function runWorker(parts: WorkerParts): Promise<void> {
  const { identity, state, isAlive, log, now, signal } = parts;
  const deferred = new Map<string, number>();
  const greet = greetNowAndThen(parts);
  const returns = createReturns(parts);
  while (!signal.aborted) {
    requirePlace(state);
    try {
      returns.settle();
      greet();
      await state.queue.recover(isAlive);
      for (const [name, until] of deferred) if (until <= now()) deferred.delete(name);
      const claim = state.queue.claim(identity, new Set(deferred.keys()));
      if (claim === null) await pause(LOOK_MS, signal);
      else if (!(await work(claim, { ...parts, greet, giveBack: returns.giveBack })))
        deferred.set(`${claim.run} ${claim.task}`, now() + DEFER_MS);
    } catch (error) {
      if (!isStorageError(error)) throw error;
      log.error("storage-refuses", { message: describeError(error) });
      await pause(STORAGE_PAUSE_MS, signal);
    }
  }
}

/** Says that it is there, but not at every look: each time is a write to the disk. */
function greetNowAndThen({ state, identity, now }: WorkerParts): () => void {
  let last = -Infinity;
  return () => {
    if (now() - last < GREETING_MS) return;
    state.queue.greet(identity);
    last = now();
  };
}

/** What was written to a folder that is gone is lost; the launcher starts anew. */
function requirePlace(state: State): void {
  if (state.isInPlace()) return;
  throw new Error(
    "Cannot go on as the state folder must stay where it is: current value is moved or deleted",
  );
}

/** Tasks on their way back. Giving back is a write: what the disk refuses is given back before anything else, once it takes it. */
function createReturns({ state }: WorkerParts) {
  const owed = new Set<Claim>();
  return {
    giveBack: (claim: Claim) => {
      try {
        state.queue.giveBack(claim);
      } catch (error) {
        if (!isStorageError(error)) throw error;
        owed.add(claim);
      }
    },
    settle: () => {
      for (const claim of owed) {
        state.queue.giveBack(claim);
        owed.delete(claim);
      }
    },
  };
}

interface TaskParts extends WorkerParts {
  greet(): void;
  giveBack(claim: Claim): void;
}

/** @returns False when another worker is doing the same work. @throws What the disk refuses; the task is given back. */
async function work(claim: Claim, parts: TaskParts): Promise<boolean> {
  const { state, identity, log, signal, greet, giveBack } = parts;
  const about = { worker: identity.id, run: claim.run, task: claim.task, attempt: claim.attempt };
  const controller = new AbortController();
  const stop = () => {
    controller.abort(signal.reason);
  };
  signal.addEventListener("abort", stop);
  const heartbeat = setInterval(() => {
    try {
      greet();
      state.queue.renew(claim);
    } catch (error) {
      if (error instanceof LeaseLostError) controller.abort(error);
      else log.error("heartbeat-failed", { ...about, message: describeError(error) });
    }
  }, HEARTBEAT_MS);
  let share: { close(): void } | null = null;
  try {
    share = await parts.shareStore();
    log.info("task-begun", about);
    const isDone = await doTask(claim, controller.signal, parts);
    if (isDone) log.info("task-finished", about);
    else giveBack(claim);
    return isDone;
  } catch (error) {
    return await giveUp(error, claim, controller.signal, parts);
  } finally {
    share?.close();
    clearInterval(heartbeat);
    signal.removeEventListener("abort", stop);
  }
}

/** What failed by itself has failed; what was stopped, lost, or found no room can be done by another. */
async function giveUp(
  error: unknown,
  claim: Claim,
  stopped: AbortSignal,
  parts: TaskParts,
): Promise<boolean> {
  const { state, log, identity, giveBack } = parts;
  const about = { worker: identity.id, run: claim.run, task: claim.task, message: describeError(error) };
  if (error instanceof LeaseLostError || stopped.reason instanceof LeaseLostError) {
    log.warn("claim-lost", about);
    giveBack(claim);
    return true;
  }
  if (stopped.aborted || isStorageError(error)) {
    giveBack(claim);
    if (!stopped.aborted) throw error;
    return true;
  }
  const missing = error instanceof ArtefactMissingError ? error.sha256 : null;
  if (missing !== null && state.queue.redo(claim, missing)) {
    log.warn("artefact-gone", about);
    return true;
  }
  log.error("task-failed", about);
  await state.queue.fail(claim, describeError(error)).catch((late: unknown) => {
    if (!(late instanceof LeaseLostError)) throw late;
  });
  return true;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
  });
}
