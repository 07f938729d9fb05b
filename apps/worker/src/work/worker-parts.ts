import type { Store } from "@gambeson/experiment";
import type { Log } from "../serve/log.ts";
import type { State, WorkerIdentity } from "../state/state.ts";
import type { EnginePool } from "./engine-pool.ts";
import type { WorkerDatasets } from "./worker-datasets.ts";

/** What a worker has from the program around it. */
export interface WorkerParts {
  readonly identity: WorkerIdentity;
  readonly state: State;
  readonly store: Store;
  readonly datasets: WorkerDatasets;
  readonly engines: EnginePool;
  readonly isAlive: (worker: string) => boolean;
  readonly log: Log;
  readonly now: () => number;
  /** Keeps finished work from being removed; held while a task is at work. */
  readonly shareStore: () => Promise<{ close(): void }>;
  /** Epochs between two checkpoints. */
  readonly checkpointEvery: number;
  readonly signal: AbortSignal;
}
