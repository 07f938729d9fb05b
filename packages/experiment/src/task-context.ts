import type { EpochMetrics } from "@gambeson/contract";
import type { Dataset } from "@gambeson/datasets";
import type { Engine } from "./engine.ts";

/** What a task gets besides itself. */
export interface TaskContext {
  readonly dataset: Dataset;
  readonly engine: Engine;
  /** The bytes of the task's inputs, by name. */
  readonly inputs: Readonly<Record<string, Uint8Array<ArrayBuffer>>>;
  /** How far the same task came before it was cut off; null when it starts afresh. */
  readonly checkpoint: Uint8Array<ArrayBuffer> | null;
  /** Epochs from one checkpoint to the next, at least 1. */
  readonly checkpointEvery: number;
  keepCheckpoint(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** @param share Of the task, in [0, 1]. @param note For people. */
  onProgress(share: number, note: string): void;
  onEpoch(metrics: EpochMetrics): void;
  readonly signal: AbortSignal;
}

/** What a task gives: bytes by name. */
export type TaskOutputs = Readonly<Record<string, Uint8Array<ArrayBuffer>>>;

/**
 * @throws {TypeError} If the input is absent: the plan and the task disagree.
 */
export function inputOf({ inputs }: TaskContext, name: string): Uint8Array<ArrayBuffer> {
  const bytes = inputs[name];
  if (bytes === undefined)
    throw new TypeError(
      `Cannot run the task as its input '${name}' must be given: current value is undefined`,
    );
  return bytes;
}
