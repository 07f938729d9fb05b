import type {
  DatasetSummary,
  Environment,
  EpochMetrics,
  ExperimentConfig,
  Headline,
  Run,
  RunState,
  RunSummary,
  RunTask,
  TaskState,
} from "@gambeson/contract";
import {
  integer,
  json,
  jsonOrNull,
  numberOrNull,
  text,
  textOrNull,
  type Row,
  type Sqlite,
} from "./sqlite.ts";

/** A run's share of work done, by its tasks' costs; `r` is the table of runs. */
export const SHARE = `(SELECT CASE WHEN sum(cost) > 0
  THEN sum(cost * CASE state WHEN 'finished' THEN 1.0 ELSE share END) / sum(cost)
  ELSE avg(state = 'finished') END FROM tasks WHERE run = r.id)`;

export const SELECT_RUNS = `SELECT r.*, ${SHARE} AS share FROM runs r`;

export function readSummary(db: Sqlite, id: string): RunSummary | null {
  const row = db.one(`${SELECT_RUNS} WHERE r.id = ?`, id);
  return row === undefined ? null : summaryOf(row);
}

export function readRun(db: Sqlite, id: string): Run | null {
  return readWith(db, id, epochsByTask(db, id));
}

/** The same without epochs. */
export function readOutline(db: Sqlite, id: string): Run | null {
  return readWith(db, id, new Map());
}

function readWith(db: Sqlite, id: string, epochs: ReadonlyMap<string, EpochMetrics[]>): Run | null {
  const row = db.one(`${SELECT_RUNS} WHERE r.id = ?`, id);
  if (row === undefined) return null;
  const tasks = db.all("SELECT * FROM tasks WHERE run = ? ORDER BY position", id);
  return {
    ...summaryOf(row),
    config: json(row.config) as ExperimentConfig,
    code: text(row.code),
    environment: jsonOrNull(row.environment) as Environment | null,
    datasetSummary: jsonOrNull(row.dataset_summary) as DatasetSummary | null,
    tasks: tasks.map((task) => taskOf(task, epochs.get(text(task.id)) ?? [])),
    eventId: integer(db.one("SELECT coalesce(max(id), 0) AS id FROM events")?.id),
  };
}

export function summaryOf(row: Row): RunSummary {
  const config = json(row.config) as ExperimentConfig;
  const dataset = jsonOrNull(row.dataset_summary) as DatasetSummary | null;
  return {
    id: text(row.id),
    name: text(row.name),
    state: text(row.state) as RunState,
    tags: json(row.tags) as string[],
    notes: text(row.notes),
    createdAt: instant(row.created_at)!,
    startedAt: instant(row.started_at),
    finishedAt: instant(row.finished_at),
    share: Math.min(1, numberOrNull(row.share) ?? 0),
    error: textOrNull(row.error),
    dataset: dataset?.name ?? config.dataset.name,
    standIn: dataset === null ? null : dataset.warning !== null,
    seeds: config.seeds.length,
    resultSha256: textOrNull(row.result_sha256),
    headline: jsonOrNull(row.headline) as Headline[] | null,
    epsilonReference: numberOrNull(row.epsilon_reference),
  };
}

function taskOf(row: Row, epochs: EpochMetrics[]): RunTask {
  return {
    id: text(row.id),
    kind: text(row.kind),
    title: text(row.title),
    state: text(row.state) as TaskState,
    needs: json(row.needs) as string[],
    cost: Number(row.cost),
    attempts: integer(row.attempts),
    share: text(row.state) === "finished" ? 1 : Number(row.share),
    note: text(row.note),
    startedAt: instant(row.started_at),
    finishedAt: instant(row.finished_at),
    seconds: numberOrNull(row.seconds),
    reused: row.reused === 1,
    error: textOrNull(row.error),
    epochs,
  };
}

/** A task that began anew told its first epochs again: the last word on each counts. */
function epochsByTask(db: Sqlite, id: string): ReadonlyMap<string, EpochMetrics[]> {
  const found = new Map<string, Map<number, EpochMetrics>>();
  for (const row of db.all(
    "SELECT body FROM events WHERE run = ? AND kind = 'epoch-finished' ORDER BY id",
    id,
  )) {
    const { task, metrics } = json(row.body) as { readonly task: string; readonly metrics: EpochMetrics };
    const epochs = found.get(task) ?? new Map<number, EpochMetrics>();
    found.set(task, epochs.set(metrics.epoch, metrics));
  }
  const sorted = (epochs: ReadonlyMap<number, EpochMetrics>) =>
    [...epochs.values()].sort((a, b) => a.epoch - b.epoch);
  return new Map([...found].map(([task, epochs]) => [task, sorted(epochs)]));
}

function instant(value: Row[string] | undefined): string | null {
  const milliseconds = numberOrNull(value);
  return milliseconds === null ? null : new Date(milliseconds).toISOString();
}
