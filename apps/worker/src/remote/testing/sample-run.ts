import { parseExperimentConfig, type Run, type RunSummary, type RunTask } from "@gambeson/contract";

export const ID = "r0000000000000000001";

/** A run as the server tells it, submitted two hours before noon of 2026-01-01. */
export function sampleRun(changes: Partial<Run> = {}): Run {
  return {
    id: ID,
    name: "Report",
    state: "queued",
    tags: [],
    notes: "",
    createdAt: "2026-01-01T10:00:00.000Z",
    startedAt: null,
    finishedAt: null,
    share: 0,
    error: null,
    dataset: "auto",
    standIn: null,
    seeds: 1,
    resultSha256: null,
    headline: null,
    epsilonReference: null,
    config: parseExperimentConfig({}),
    code: "0123456789ab",
    environment: null,
    datasetSummary: null,
    tasks: [],
    eventId: 4,
    ...changes,
  };
}

export function sampleTask(id: string, changes: Partial<RunTask> = {}): RunTask {
  return {
    id,
    kind: "train",
    title: `Training ${id}`,
    state: "waiting",
    needs: [],
    cost: 1,
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

export function listOf(runs: readonly RunSummary[], more: object = {}): object {
  return { runs, total: runs.length, nextCursor: null, eventId: 4, ...more };
}
