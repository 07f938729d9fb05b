import type { ExperimentConfig, Run, RunTask } from "@gambeson/contract";
import { parseExperimentConfig } from "@gambeson/contract";

/** A task that waits, but for what is given. */
export function sampleTask(id: string, needs: readonly string[], changes: Partial<RunTask> = {}): RunTask {
  return {
    id,
    kind: id.slice(id.lastIndexOf("/") + 1),
    title: `The task ${id}`,
    state: "waiting",
    needs: [...needs],
    cost: 100,
    attempts: 0,
    share: 0,
    note: "",
    startedAt: null,
    finishedAt: null,
    seconds: null,
    reused: false,
    error: null,
    epochs: [],
    ...changes,
  };
}

/** A config of the pre-trained model and Vanilla. */
export function sampleConfig(seeds: readonly number[] = [1]): ExperimentConfig {
  return parseExperimentConfig({
    dataset: { name: "mnist" },
    seeds: [...seeds],
    regimes: [{ kind: "vanilla" }],
    evaluation: { epsilonReference: { model: "vanilla" } },
  });
}

/** A run that has just begun, but for what is given. */
export function sampleRun(changes: Partial<Run> = {}): Run {
  return {
    id: "r0000000000000000001",
    name: "Mine",
    state: "running",
    tags: [],
    notes: "",
    createdAt: "2026-11-22T00:00:00.000Z",
    startedAt: "2026-11-22T00:00:01.000Z",
    finishedAt: null,
    share: 0,
    error: null,
    dataset: "mnist",
    standIn: null,
    seeds: 1,
    resultSha256: null,
    headline: null,
    epsilonReference: null,
    config: sampleConfig(),
    code: "0123456789abcdef",
    environment: null,
    datasetSummary: null,
    tasks: [
      sampleTask("prepare", []),
      sampleTask("seed-1/pretrain", ["prepare"]),
      sampleTask("seed-1/vanilla/train", ["prepare", "seed-1/pretrain"]),
    ],
    eventId: 10,
    ...changes,
  };
}
