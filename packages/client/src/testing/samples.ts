import { parseExperimentConfig, type Run, type RunSummary, type ServerEvent } from "@gambeson/contract";

export const ID = "r0000000000000000001";

/** A run as lists show it. */
export function summaryOf(changes: Partial<RunSummary> = {}): RunSummary {
  return {
    id: ID,
    name: "Report",
    state: "queued",
    tags: [],
    notes: "",
    createdAt: "2026-01-02T03:04:05.000Z",
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
    ...changes,
  };
}

export function runOf(changes: Partial<Run> = {}): Run {
  return {
    ...summaryOf(),
    config: parseExperimentConfig({}),
    code: "0123456789ab",
    environment: null,
    datasetSummary: null,
    tasks: [],
    eventId: 0,
    ...changes,
  };
}

/** Progress of a task, its note long enough to fill some chunks, with characters of several bytes. */
export function eventOf(id: number, run: string = ID): ServerEvent {
  const about = { id, at: "2026-01-02T03:04:05.000Z", run };
  return {
    ...about,
    kind: "task-progress",
    task: "seed-1/pretrain",
    share: 0.5,
    note: `é→🛡 ${id}`,
    runShare: 0.1,
  };
}
