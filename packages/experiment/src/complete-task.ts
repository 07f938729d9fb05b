import type { EpochMetrics } from "@gambeson/contract";
import type { Dataset } from "@gambeson/datasets";
import type { Engine } from "./engine.ts";
import { runTask } from "./run-task.ts";
import type { Store, TaskRecord } from "./store.ts";
import type { TaskContext } from "./task-context.ts";
import type { Task } from "./task.ts";

/** What a task needs of the program it runs in. */
export interface TaskHost {
  readonly dataset: Dataset;
  readonly store: Store;
  readonly engine: Engine;
  /** Epochs from one checkpoint of a training to the next; 1 by default. */
  readonly checkpointEvery?: number;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly clock: () => number;
  readonly signal: AbortSignal;
  /** Called before the work begins; not for a task that the store has. */
  onStart?(): void;
  /** @param share Of the task, in [0, 1]. @param note For people. */
  onProgress(share: number, note: string): void;
  onEpoch(metrics: EpochMetrics): void;
}

/**
 * Runs one task and records it in the store with its outputs: from its checkpoint if there is one, and not at all if the store has
 * it already.
 *
 * @param key From `taskKey`.
 * @param inputs SHA-256 of each input, by name: from `inputHashes`.
 * @throws {RangeError} If `checkpointEvery` is not a positive integer.
 * @throws The signal's reason once it is aborted, and whatever the store throws.
 */
export async function completeTask(
  task: Task,
  key: string,
  inputs: Readonly<Record<string, string>>,
  host: TaskHost,
): Promise<{ readonly record: TaskRecord; readonly reused: boolean }> {
  const { store, clock } = host;
  const done = await store.finished(key);
  if (done !== null) return { record: done, reused: true };

  host.onStart?.();
  const startedAt = clock();
  const given = await runTask(task, await contextOf(key, inputs, host));
  const outputs: Record<string, string> = {};
  for (const [name, bytes] of Object.entries(given)) outputs[name] = await store.keepArtefact(bytes);
  const record = { key, id: task.id, kind: task.kind, outputs, seconds: (clock() - startedAt) / 1000 };
  await store.finish(record);
  return { record, reused: false };
}

async function contextOf(
  key: string,
  hashes: Readonly<Record<string, string>>,
  { dataset, store, engine, checkpointEvery = 1, signal, onProgress, onEpoch }: TaskHost,
): Promise<TaskContext> {
  if (!(Number.isInteger(checkpointEvery) && checkpointEvery > 0)) {
    throw new RangeError(
      `Cannot run a task as 'checkpointEvery' must be a positive integer: current value is ${checkpointEvery}`,
    );
  }
  const inputs: Record<string, Uint8Array<ArrayBuffer>> = {};
  for (const [name, hash] of Object.entries(hashes)) inputs[name] = await store.artefact(hash);
  return {
    dataset,
    engine,
    inputs,
    signal,
    checkpointEvery,
    checkpoint: await store.checkpoint(key),
    keepCheckpoint: (bytes) => store.keepCheckpoint(key, bytes),
    onProgress,
    onEpoch,
  };
}
