import type {
  EpochMetrics,
  Environment,
  ExperimentConfig,
  DatasetSummary,
  Headline,
  NewServerEvent,
  Run,
  RunChanges,
  RunList,
  RunListQuery,
  RunSummary,
  ServerEvent,
} from "@gambeson/contract";

/**
 * All that a worker remembers besides artefacts, in one SQLite file that several processes share. Every change is one
 * transaction, on the disk when the call returns (or, where it is a promise, has resolved).
 */
export interface State {
  readonly runs: RunBook;
  readonly queue: Queue;
  readonly events: EventLog;
  readonly library: Library;
  /** False once the state folder has been moved or deleted: what is written then is lost. */
  isInPlace(): boolean;
  /** Ends this process' connection; marks the file as closed cleanly where it was the last one. */
  close(): void;
}

/** A task of a run to be: one of `plan`'s, or one of the queue's own. */
export interface PlannedTask {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly needs: readonly string[];
  readonly cost: number;
}

export interface Submission {
  readonly config: ExperimentConfig;
  readonly name: string;
  readonly tags: readonly string[];
  readonly notes: string;
  readonly fresh: boolean;
  /** Hash of the sources: another code's result is another result. */
  readonly code: string;
  readonly tasks: readonly PlannedTask[];
  readonly idempotencyKey: string | null;
  /** SHA-256 of the request: the same key with another request is refused. */
  readonly requestSha256: string;
}

/** The runs: what people do with them. Every change is told as an event. */
export interface RunBook {
  /**
   * Queues a run; `created` is false where an earlier one answers: by its idempotency key, or because it has the same config and
   * code, is queued, running or finished (not on data that stood in), and `fresh` is not asked for.
   *
   * @throws {Refusal} IDEMPOTENCY_KEY_REUSED, TOO_MANY_RUNS.
   * @throws {Error} If the disk takes nothing: then there is no run; the same below.
   */
  create(submission: Submission): Promise<{ readonly run: RunSummary; readonly created: boolean }>;
  get(id: string): Run | null;
  /** As `get`, but its tasks' epochs are left out: for whoever asks often. */
  outline(id: string): Run | null;
  /** @throws {Refusal} REQUEST_INVALID if the cursor is not one of this query's. */
  list(query: RunListQuery): RunList;
  /** @throws {Refusal} RUN_NOT_FOUND; the same below. */
  change(id: string, changes: RunChanges): Promise<RunSummary>;
  /** Ends a queued or running run; what its workers still do is refused. A cancelled one stays as it is. @throws {Refusal} RUN_STATE if it has ended otherwise. */
  cancel(id: string): Promise<RunSummary>;
  /**
   * Queues what a failed or cancelled run has not finished, and its first task: where that finds another data set or machine than
   * before, everything is done again.
   *
   * @param options `isIncomplete`: something that a finished run's tasks gave is gone; then it may be retried, too, and every task of
   *   it is looked at again.
   * @throws {Refusal} RUN_STATE if it is in another state.
   */
  retry(id: string, options?: { readonly isIncomplete?: boolean }): Promise<RunSummary>;
  /** Forgets a run that is not queued or running; `gc` removes what was its alone. @throws {Refusal} RUN_STATE if it is. */
  remove(id: string): Promise<void>;
  /** SHA-256 of what a finished task gave under a name; null when there is none. */
  output(id: string, task: string, name: string): string | null;
  /** SHA-256 of everything that a run's tasks gave. */
  outputs(id: string): readonly string[];
  /** Whether a run gave, or somebody uploaded, weights with this SHA-256. */
  isWeights(sha256: string): boolean;
  /** Every artefact that some run, or an upload, refers to; and the keys of all runs' tasks. */
  references(): { readonly artefacts: ReadonlySet<string>; readonly keys: ReadonlySet<string> };
  /** Runs by state, and tasks by state: for metrics. */
  counts(): {
    readonly runs: Readonly<Record<string, number>>;
    readonly tasks: Readonly<Record<string, number>>;
  };
}

/** Who asks for work. */
export interface WorkerIdentity {
  readonly id: string;
  /** What decides its numbers: code, runtime, kernels, threads. A run is done by workers of one build. */
  readonly build: string;
  /** Hash of the sources, which the run is noted to be made by. */
  readonly code: string;
}

/** A worker's hold on a task, until its lease runs out, the run is cancelled, or it is given back. */
export interface Claim {
  readonly run: string;
  readonly task: string;
  readonly kind: string;
  readonly title: string;
  /** Position among the run's tasks from 0, and their number. */
  readonly index: number;
  readonly of: number;
  /** Counts from 1. */
  readonly attempt: number;
  /** Whether this run has been at the task before, also before it was retried. */
  readonly begun: boolean;
  readonly token: string;
  readonly config: ExperimentConfig;
  readonly fresh: boolean;
  readonly environment: Environment | null;
  readonly dataset: DatasetSummary | null;
  /** Outputs of the run's finished tasks, by task and name. */
  readonly outputs: ReadonlyMap<string, FinishedTask>;
}

export interface FinishedTask {
  readonly kind: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly seconds: number;
  readonly reused: boolean;
}

/** What a run is found to be once its first task is done. */
export interface Preparation {
  readonly config: ExperimentConfig;
  readonly environment: Environment;
  readonly dataset: DatasetSummary;
  readonly tasks: readonly PlannedTask[];
}

/** What a run has come to once its last task is done. */
export interface Outcome {
  readonly resultSha256: string;
  readonly headline: readonly Headline[];
  readonly epsilonReference: number | null;
}

/** Tasks for workers. A call with a claim that is no longer held changes nothing and throws `LeaseLostError`. */
export interface Queue {
  /** Notes that a worker is there. */
  greet(worker: WorkerIdentity): void;
  farewell(workerId: string): void;
  /** Workers heard of lately. */
  workers(): readonly { readonly id: string; readonly heardAt: number }[];
  /**
   * Takes the first task that is ready: of the oldest run first, in the plan's order.
   *
   * @param except "run task" pairs to leave alone for now.
   */
  claim(worker: WorkerIdentity, except?: ReadonlySet<string>): Claim | null;
  /**
   * Gives tasks of dead workers, and those whose lease has run out, to others; fails those that were begun too often.
   *
   * @returns How many tasks it took back.
   */
  recover(isAlive: (workerId: string) => boolean): Promise<number>;
  /** Prolongs the lease. */
  renew(claim: Claim): void;
  /** Notes the task's key. @returns False when another worker is doing the same work: then give the claim back. */
  begin(claim: Claim, key: string): boolean;
  progress(claim: Claim, share: number, note: string): void;
  epoch(claim: Claim, metrics: EpochMetrics): void;
  /** Once only; with `preparation` or `outcome` for the run's first and last task. */
  finish(
    claim: Claim,
    done: FinishedTask,
    more?: { readonly preparation?: Preparation; readonly outcome?: Outcome },
  ): Promise<void>;
  /** The task cannot be done: those that need it are skipped, the others go on. */
  fail(claim: Claim, message: string): Promise<void>;
  /**
   * An artefact that finished tasks of the run gave is gone: they are done again, and this one after them.
   *
   * @returns False, and nothing changes, when none of them gave it.
   */
  redo(claim: Claim, sha256: string): boolean;
  /** The worker stops, or cannot go on for now: the attempt does not count. */
  giveBack(claim: Claim): void;
}

export interface EventLog {
  append(event: NewServerEvent): void;
  /** @returns The events after one, oldest first, `limit` at most; of one run or of all. */
  after(id: number, options: { readonly limit: number; readonly run?: string }): readonly ServerEvent[];
  /** The newest event's id; 0 when there is none. */
  lastId(): number;
  /** Drops the progress of runs that have ended. @returns How many events that were. */
  forgetProgress(): number;
}

/** What people brought, and what workers have found. */
export interface Library {
  addWeights(entry: StoredWeights): Promise<void>;
  weights(): readonly StoredWeights[];
  addDataset(entry: StoredDataset): Promise<void>;
  uploadedDatasets(): readonly StoredDataset[];
  /** What a worker found when it last looked for the data sets. */
  noteDatasets(found: readonly FoundDataset[]): void;
  foundDatasets(): readonly FoundDataset[];
}

export interface StoredWeights {
  readonly sha256: string;
  readonly name: string;
  readonly bytes: number;
  readonly sizes: readonly number[];
  readonly uploadedAt: string;
}

/** The files of an uploaded data set are artefacts, uncompressed IDX. */
export interface StoredDataset {
  readonly name: string;
  readonly title: string;
  readonly train: number;
  readonly test: number;
  readonly height: number;
  readonly width: number;
  readonly classCount: number;
  /** SHA-256 of each file, by its part: "train-images" and so on. */
  readonly parts: Readonly<Record<string, string>>;
}

export interface FoundDataset {
  readonly name: string;
  readonly available: boolean;
  readonly note: string;
}

/** The claim is no longer held: its lease ran out, another worker has it, or the run was cancelled. */
export class LeaseLostError extends Error {
  constructor({ run, task }: Pick<Claim, "run" | "task">) {
    super(`Cannot write for task '${task}' of run ${run} as its claim must be held: current value is lost`);
    this.name = "LeaseLostError";
  }
}
