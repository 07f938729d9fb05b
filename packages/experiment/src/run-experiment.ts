import type { Environment, ExperimentConfig, Result, Timings } from "@gambeson/contract";
import { assembleResult } from "./assemble-result.ts";
import { completeTask, type TaskHost } from "./complete-task.ts";
import { inputHashes, outputHash } from "./output-hash.ts";
import { modelsOf, plan, trainingTaskId } from "./plan.ts";
import type { RunEvent } from "./run-event.ts";
import type { TaskRecord } from "./store.ts";
import { taskKey } from "./task-key.ts";
import type { Task } from "./task.ts";

/** What a run needs from the program it runs in. */
export interface RunHost extends Omit<TaskHost, "onStart" | "onProgress" | "onEpoch"> {
  /** `environment.backend.kernels` names the engine. */
  readonly environment: Environment;
  readonly onEvent: (event: RunEvent) => void;
}

/** A model's weights as a safetensors file. */
export interface NamedWeights {
  /** "seed-1-deep-defense", or "deep-defense" in an experiment of one seed. */
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Runs an experiment: its tasks one after another, but for those that the store has already. Stopped at any moment and called
 * again with the same arguments, it goes on from the last finished task and epoch, and gives the same result, timings apart.
 *
 * @throws The signal's reason once it is aborted; what is finished is in the store by then.
 */
export async function runExperiment(
  config: ExperimentConfig,
  host: RunHost,
): Promise<{ readonly result: Result; readonly weights: readonly NamedWeights[] }> {
  const { dataset, store, environment, clock, signal } = host;
  const startedAt = clock();
  const tasks = plan(config, { train: dataset.train.count, test: dataset.test.count });
  const records = new Map<string, TaskRecord>();
  const timings: Timings["tasks"] = [];
  for (const [index, task] of tasks.entries()) {
    signal.throwIfAborted();
    const { record, reused } = await finishTask(task, records, host, progressOf(tasks, index));
    records.set(task.id, record);
    timings.push({ id: task.id, kind: task.kind, seconds: record.seconds, reused });
  }
  const output = (task: string, name: string) => store.artefact(outputHash(records, { task, output: name }));
  const result = await assembleResult(config, { dataset, environment, output }, (task, name) =>
    outputHash(records, { task, output: name }),
  );
  return {
    result: {
      ...result,
      timings: { startedAt: iso(startedAt), finishedAt: iso(clock()), tasks: timings },
    },
    weights: await readWeights(config, output),
  };
}

/** How far the run is, by the plan's costs, while task `index` is done by `share`. */
interface Progress {
  readonly index: number;
  readonly of: number;
  runShare(share: number): number;
}

function progressOf(tasks: readonly Task[], index: number): Progress {
  const total = tasks.reduce((sum, { cost }) => sum + cost, 0);
  const before = tasks.slice(0, index).reduce((sum, { cost }) => sum + cost, 0);
  return {
    index,
    of: tasks.length,
    runShare: (share) => (total === 0 ? 1 : (before + share * tasks[index]!.cost) / total),
  };
}

async function finishTask(
  task: Task,
  records: ReadonlyMap<string, TaskRecord>,
  host: RunHost,
  { index, of, runShare }: Progress,
): Promise<{ record: TaskRecord; reused: boolean }> {
  const { dataset, environment, onEvent } = host;
  const about = { task: task.id, title: task.title, index, of };
  const inputs = inputHashes(task, records);
  const key = await taskKey(task, inputs, dataset, environment);
  const { record, reused } = await completeTask(task, key, inputs, {
    ...host,
    onStart: () => {
      onEvent({ kind: "task-started", ...about, runShare: runShare(0) });
    },
    onProgress: (share, note) => {
      onEvent({ kind: "task-progress", task: task.id, share, runShare: runShare(share), note });
    },
    onEpoch: (metrics) => {
      onEvent({ kind: "epoch-finished", task: task.id, metrics });
    },
  });
  onEvent({ kind: "task-finished", ...about, seconds: record.seconds, reused, runShare: runShare(1) });
  return { record, reused };
}

async function readWeights(
  config: ExperimentConfig,
  output: (task: string, name: string) => Promise<Uint8Array<ArrayBuffer>>,
): Promise<NamedWeights[]> {
  const weights: NamedWeights[] = [];
  for (const seed of config.seeds) {
    for (const { id } of modelsOf(config)) {
      const name = config.seeds.length === 1 ? id : `seed-${seed}-${id}`;
      weights.push({ name, bytes: await output(trainingTaskId(seed, id), "weights") });
    }
  }
  return weights;
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
