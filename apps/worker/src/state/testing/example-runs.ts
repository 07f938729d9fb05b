import {
  parseExperimentConfig,
  type DatasetSummary,
  type Environment,
  type EpochMetrics,
  type ExperimentConfig,
} from "@gambeson/contract";
import type { StateOptions } from "../open-state.ts";
import type { Claim, FinishedTask, PlannedTask, State, Submission, WorkerIdentity } from "../state.ts";

/** Opens a new, empty state; it is closed, and what it left is gone, when the test has ended. */
export type OpenState = (options: Omit<StateOptions, "onNote">) => Promise<State>;

/** A clock that stands until it is told to go on. */
export function testClock(startMs = Date.UTC(2026, 0, 1)) {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

/** One task, two that need it, and one that needs those; costs are percent of the whole. */
export const TASKS: readonly PlannedTask[] = [
  { id: "prepare", kind: "prepare", title: "Preparing", needs: [], cost: 10 },
  { id: "left", kind: "train", title: "Training left", needs: ["prepare"], cost: 30 },
  { id: "right", kind: "train", title: "Training right", needs: ["prepare"], cost: 40 },
  { id: "last", kind: "assemble", title: "Putting together", needs: ["left", "right"], cost: 20 },
];

export const WORKER: WorkerIdentity = { id: "worker-1", build: "build-a", code: "code-1" };
export const SECOND: WorkerIdentity = { id: "worker-2", build: "build-a", code: "code-1" };
/** A worker of another build: its numbers would be others. */
export const STRANGER: WorkerIdentity = { id: "worker-3", build: "build-b", code: "code-2" };

/** A SHA-256's form, as short as its first digit. */
export const hash = (digit: string) => digit.repeat(64);

export function exampleConfig(title: string): ExperimentConfig {
  return parseExperimentConfig({ title, dataset: { name: "synthetic" } });
}

/** A run of its own: no other title's config is the same. */
export function submission(title: string, changes: Partial<Submission> = {}): Submission {
  return {
    config: exampleConfig(title),
    name: title,
    tags: [],
    notes: "",
    fresh: false,
    code: "code-1",
    tasks: TASKS,
    idempotencyKey: null,
    requestSha256: hash("0"),
    ...changes,
  };
}

/** Queues a run that no earlier one answers. @returns Its id. */
export async function submit(
  state: State,
  title: string,
  changes: Partial<Submission> = {},
): Promise<string> {
  const { run, created } = await state.runs.create(submission(title, changes));
  if (!created) throw new Error(`run ${run.id} answers "${title}" already`);
  return run.id;
}

/** Claims a task that must be there. */
export function claim(state: State, worker: WorkerIdentity = WORKER): Claim {
  state.queue.greet(worker);
  const found = state.queue.claim(worker);
  if (found === null) throw new Error("there is nothing to claim");
  return found;
}

export function done(kind: string, outputs: Readonly<Record<string, string>> = {}): FinishedTask {
  return { kind, outputs, seconds: 2, reused: false };
}

export const ENVIRONMENT: Environment = {
  version: "0.1.0",
  code: "code-1",
  runtime: "deno",
  platform: "linux",
  backend: {
    name: "wasm",
    variant: "simd",
    threads: 1,
    fallback: null,
    tensorflow: "4.22.0",
    kernels: "tfjs",
  },
};

export function exampleDataset(warning: string | null = null): DatasetSummary {
  const split = { count: 10, imagesSha256: hash("1"), labelsSha256: hash("2") };
  return {
    name: "synthetic",
    title: "Synthetic garments",
    synthetic: true,
    warning,
    height: 28,
    width: 28,
    classNames: ["a", "b"],
    train: split,
    test: split,
  };
}

/** @param task A preparing one. */
export async function finishPreparing(
  state: State,
  task: Claim,
  { config = task.config, warning = null }: { config?: ExperimentConfig; warning?: string | null } = {},
): Promise<void> {
  await state.queue.finish(task, done("prepare", { testImages: hash("3") }), {
    preparation: { config, environment: ENVIRONMENT, dataset: exampleDataset(warning), tasks: TASKS },
  });
}

/** Does all that is left of the run whose task comes next. */
export async function finishRun(
  state: State,
  options: Parameters<typeof finishPreparing>[2] = {},
): Promise<void> {
  for (;;) {
    const task = claim(state);
    if (task.task === "prepare") await finishPreparing(state, task, options);
    else if (task.task !== "last") await state.queue.finish(task, done("train", { weights: hash("4") }));
    else {
      const headline = [{ model: "pretrained", label: "Pre-trained", accuracy: 0.9, rho2: 0.1 }];
      const outcome = { resultSha256: hash("5"), headline, epsilonReference: 0.125 };
      await state.queue.finish(task, done("assemble", { result: hash("5") }), { outcome });
      return;
    }
  }
}

export function epoch(number: number, loss: number): EpochMetrics {
  const tally = { count: 1, of: 2 };
  return {
    epoch: number,
    loss,
    regulariser: null,
    trainAccuracy: tally,
    testAccuracy: tally,
    capped: null,
    unfooled: null,
  };
}
