import { parseExperimentConfig, type ExperimentConfig, type Run } from "@gambeson/contract";
import type { Store } from "@gambeson/experiment";
import { onTestFinished } from "vitest";
import { isWorkerAlive } from "../worker-lock.ts";
import { shareStore } from "../../disk/in-use.ts";
import { openStore } from "../../disk/open-store.ts";
import { openMemoryState } from "../../state/open-state.ts";
import type { State, Submission } from "../../state/state.ts";
import { submission } from "../../state/testing/example-runs.ts";
import { TINY, tinyFolder } from "../../testing/tiny-experiment.ts";
import type { EnginePool } from "../engine-pool.ts";
import { plannedTasks } from "../planned-tasks.ts";
import { createWorkerDatasets } from "../worker-datasets.ts";
import type { WorkerParts } from "../worker-parts.ts";
import { runWorker } from "../worker.ts";

export interface ExampleWorker {
  readonly folder: string;
  readonly state: State;
  readonly store: Store;
  readonly parts: WorkerParts;
  /** Each line of its log: the event, and what was said of it. */
  readonly lines: readonly string[];
  /** Queues a run of a config. @returns Its id. */
  submit(config: ExperimentConfig, changes?: Partial<Submission>): Promise<string>;
  /** Waits until a run is as wanted. @throws {Error} If it has ended otherwise. */
  until(run: string, isSo: (run: Run) => boolean): Promise<Run>;
  /** Stops the worker, and waits for its end. */
  stop(): Promise<void>;
}

/** A tiny experiment on a folder's images. */
export function tinyConfig(folder: string, changes: object = {}): ExperimentConfig {
  return parseExperimentConfig({ ...TINY, dataset: { name: `${folder}/data` }, ...changes });
}

/** A worker at work, over a state in memory and a store in a folder; it is stopped when the test has ended. */
export async function startWorker(
  engines: EnginePool,
  change: (parts: WorkerParts) => Partial<WorkerParts> = () => ({}),
): Promise<ExampleWorker> {
  const folder = tinyFolder();
  const state = openMemoryState({ now: Date.now });
  const store = await openStore(`${folder}/state`, {
    onDamage: (message) => {
      throw new Error(message);
    },
    now: Date.now,
  });
  const lines: string[] = [];
  const say = (event: string, fields: object = {}) => {
    lines.push(`${event} ${JSON.stringify(fields)}`);
  };
  const controller = new AbortController();
  const usual: WorkerParts = {
    identity: { id: "worker", build: "build", code: "code-1" },
    state,
    store,
    datasets: createWorkerDatasets({ dataDir: null, downloads: `${folder}/cache` }, store, state.library),
    engines,
    isAlive: (worker) => isWorkerAlive(`${folder}/state`, worker),
    shareStore: () => shareStore(`${folder}/state`),
    log: { info: say, warn: say, error: say },
    now: Date.now,
    checkpointEvery: 1,
    signal: controller.signal,
  };
  const parts = { ...usual, ...change(usual) };
  const working = runWorker(parts);
  const stop = async () => {
    controller.abort(new Error("the test has ended"));
    await working;
  };
  onTestFinished(async () => {
    await stop();
    state.close();
  });
  return {
    folder,
    state,
    store,
    parts,
    lines,
    stop,
    submit: async (config, changes = {}) => {
      const { run } = await state.runs.create(
        submission(config.title, { config, tasks: plannedTasks(config), ...changes }),
      );
      return run.id;
    },
    until: async (id, isSo) => {
      for (;;) {
        const run = state.runs.get(id)!;
        if (isSo(run)) return run;
        if (["finished", "failed", "cancelled"].includes(run.state))
          throw new Error(`run ${id} is ${run.state}: ${run.error ?? ""}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
}
