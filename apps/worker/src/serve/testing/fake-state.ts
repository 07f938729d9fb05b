import type { Run, RunSummary, ServerEvent } from "@gambeson/contract";
import { Refusal } from "../../state/refusal.ts";
import type {
  EventLog,
  FoundDataset,
  Queue,
  RunBook,
  State,
  StoredDataset,
  StoredWeights,
  Submission,
} from "../../state/state.ts";

/** A state in memory, enough for the routes: runs that nothing executes. */
export interface FakeState extends State {
  /** What came in, in order. */
  readonly submissions: Submission[];
  /** Lets a run have finished. */
  finish(id: string): void;
  /** Puts an event into the log. @returns Its id. */
  tell(run: string, kind?: "run-created" | "run-deleted"): number;
  /** How often the log was asked for events. */
  readonly reads: { count: number };
  workers: { id: string; heardAt: number }[];
  /** Thrown by everything that asks for runs, when set. */
  failure: Error | null;
  /** Whether the state folder has been moved or deleted. */
  isGone: boolean;
  /** SHA-256 of what every run's tasks gave. */
  outputs: readonly string[];
}

export const RUN_ID = "r0000000000000000001";

export function fakeState(): FakeState {
  const submissions: Submission[] = [];
  const log: ServerEvent[] = [];
  const reads = { count: 0 };
  const tell: FakeState["tell"] = (run, kind = "run-deleted") => {
    const about = { id: log.length + 1, at: "2026-01-01T00:00:00.000Z", run };
    log.push(kind === "run-created" ? { ...about, kind, name: "A run" } : { ...about, kind });
    return log.length;
  };
  const runs = new Map<string, Run>();
  const state: FakeState = {
    submissions,
    finish: (id) => {
      runs.set(id, { ...runs.get(id)!, state: "finished" });
    },
    tell,
    reads,
    workers: [],
    failure: null,
    isGone: false,
    outputs: [],
    runs: fakeRuns(runs, submissions, { failure: () => state.failure, outputs: () => state.outputs }),
    queue: { workers: () => state.workers } as unknown as Queue,
    events: fakeEvents(log, reads),
    library: fakeLibrary(),
    isInPlace: () => !state.isGone,
    close: () => undefined,
  };
  return state;
}

function fakeEvents(log: readonly ServerEvent[], reads: { count: number }): EventLog {
  const events: Pick<EventLog, "lastId" | "after"> = {
    lastId: () => log.length,
    after: (id, { limit, run }) => {
      reads.count++;
      return log.filter((event) => event.id > id && (run === undefined || event.run === run)).slice(0, limit);
    },
  };
  return events as EventLog;
}

function fakeLibrary(): State["library"] {
  const [weights, datasets]: [StoredWeights[], StoredDataset[]] = [[], []];
  let found: readonly FoundDataset[] = [];
  return {
    addWeights: (entry) => Promise.resolve(void weights.push(entry)),
    weights: () => weights,
    addDataset: (entry) => Promise.resolve(void datasets.push(entry)),
    uploadedDatasets: () => datasets,
    noteDatasets: (seen) => {
      found = seen;
    },
    foundDatasets: () => found,
  };
}

interface FakeRunParts {
  failure(): Error | null;
  outputs(): readonly string[];
}

function fakeRuns(
  runs: Map<string, Run>,
  submissions: Submission[],
  { failure, outputs }: FakeRunParts,
): RunBook {
  const get = (id: string): Run => {
    const [error, run] = [failure(), runs.get(id)];
    if (error !== null) throw error;
    if (run !== undefined) return run;
    throw new Refusal("RUN_NOT_FOUND", `Cannot use run ${id} as it must be there: current value is none`);
  };
  const set = (id: string, changes: Partial<Run>): Promise<RunSummary> => {
    const run = { ...get(id), ...changes };
    runs.set(id, run);
    return Promise.resolve(run);
  };
  const active = (run: Run) => run.state === "queued" || run.state === "running";
  const refuse = (id: string, isAllowed: boolean) => {
    if (!isAllowed) throw new Refusal("RUN_STATE", `Cannot do this to run ${id} as its state must allow it`);
  };
  const book: Omit<RunBook, "output" | "references"> = {
    create: (submission) => {
      const error = failure();
      if (error !== null) return Promise.reject(error);
      submissions.push(submission);
      const id = `r${String(submissions.length).padStart(19, "0")}`;
      const earlier = [...runs.values()].find(
        (run) => JSON.stringify(run.config) === JSON.stringify(submission.config),
      );
      if (earlier !== undefined && !submission.fresh)
        return Promise.resolve({ run: earlier, created: false });
      runs.set(id, fakeRun(id, submission));
      return Promise.resolve({ run: get(id), created: true });
    },
    get: (id) => (failure() === null ? (runs.get(id) ?? null) : get(id)),
    outline: (id) => book.get(id),
    outputs,
    list: ({ limit }) => ({
      runs: [...runs.values()].slice(0, limit),
      total: runs.size,
      nextCursor: null,
      eventId: 0,
    }),
    change: async (id, { name, tags, notes }) => {
      const run = get(id);
      return set(id, { name: name ?? run.name, tags: tags ?? run.tags, notes: notes ?? run.notes });
    },
    cancel: async (id) => {
      refuse(id, active(get(id)) || get(id).state === "cancelled");
      return set(id, { state: "cancelled" });
    },
    retry: async (id, { isIncomplete = false } = {}) => {
      refuse(id, get(id).state === (isIncomplete ? "finished" : "cancelled"));
      return set(id, { state: "queued" });
    },
    remove: async (id) => {
      refuse(id, !active(get(id)));
      runs.delete(id);
      return Promise.resolve();
    },
    isWeights: () => false,
    counts: () => {
      const error = failure();
      if (error !== null) throw error;
      return { runs: { queued: runs.size, running: 0 }, tasks: { waiting: 3 } };
    },
  };
  return book as RunBook;
}

function fakeRun(id: string, { config, name, tags, notes, code }: Submission): Run {
  return {
    id,
    name,
    state: "queued",
    tags: [...tags],
    notes,
    createdAt: "2026-01-01T00:00:00.000Z",
    startedAt: null,
    finishedAt: null,
    share: 0,
    error: null,
    dataset: config.dataset.name,
    standIn: null,
    seeds: config.seeds.length,
    resultSha256: null,
    headline: null,
    epsilonReference: null,
    config,
    code,
    environment: null,
    datasetSummary: null,
    tasks: [],
    eventId: 0,
  };
}
