import type { RunSummary } from "@gambeson/contract";

/** A finished run as lists show it. */
export function exampleRun(changes: Partial<RunSummary> = {}): RunSummary {
  return {
    id: "r0000000000000000001",
    name: "Mine",
    state: "finished",
    tags: [],
    notes: "",
    createdAt: "2026-01-02T03:04:05.000Z",
    startedAt: "2026-01-02T03:04:06.000Z",
    finishedAt: "2026-01-02T03:05:06.000Z",
    share: 1,
    error: null,
    dataset: "mnist",
    standIn: false,
    seeds: 1,
    resultSha256: null,
    headline: null,
    epsilonReference: null,
    ...changes,
  };
}
