import type { RunState, RunSummary } from "@gambeson/contract";
import { toJsonBytes } from "@gambeson/experiment/files";
import { sha256 } from "../disk/sha256.ts";
import { listRuns } from "./list-runs.ts";
import { Refusal } from "./refusal.ts";
import { newRunId } from "./run-id.ts";
import { readOutline, readRun, readSummary } from "./run-rows.ts";
import type { RunFiles } from "./run-files.ts";
import { integer, json, text, type Sqlite } from "./sqlite.ts";
import type { EventLog, Library, RunBook, Submission } from "./state.ts";

export interface RunBookParts {
  readonly events: EventLog;
  readonly library: Library;
  readonly files: RunFiles;
  readonly now: () => number;
  /** Most runs that are queued or running at once. */
  readonly mostActive: number;
}

/** Of all runs that are queued or running: workers look through them. */
const MOST_TASKS = 20_000;

export function createRunBook(
  db: Sqlite,
  { events, library, files, now, mostActive }: RunBookParts,
): RunBook {
  /** One change of one run: in the database, told as an event, and in the run's file. */
  async function change(id: string, work: (state: RunState) => void): Promise<RunSummary> {
    const summary = db.transaction(() => {
      const before = db.one("SELECT state FROM runs WHERE id = ?", id);
      if (before === undefined) throw notFound(id);
      work(text(before.state) as RunState);
      db.run("UPDATE runs SET revision = revision + 1 WHERE id = ?", id);
      const after = readSummary(db, id)!;
      events.append({ kind: "run-changed", run: id, state: after.state });
      return after;
    });
    await files.keep(id);
    return summary;
  }

  /** A run whose file cannot be written is not acknowledged: then it is none. */
  async function keepOrForget(id: string): Promise<void> {
    try {
      await files.keep(id);
    } catch (error) {
      db.transaction(() => {
        db.run("DELETE FROM runs WHERE id = ?", id);
        events.append({ kind: "run-deleted", run: id });
      });
      throw error;
    }
  }

  /** @param tasks How many there are to be more. */
  function requireRoom(tasks: number): void {
    const waiting = integer(
      db.one("SELECT count(*) AS n FROM tasks WHERE state IN ('waiting', 'running')")?.n,
    );
    if (waiting + tasks > MOST_TASKS) {
      throw new Refusal(
        "TOO_MANY_RUNS",
        `Cannot queue the run as at most ${MOST_TASKS} tasks may be queued or running: current value is ${waiting}, and ${tasks} more`,
      );
    }
    const active = integer(db.one("SELECT count(*) AS n FROM runs WHERE state IN ('queued', 'running')")?.n);
    if (active >= mostActive) {
      throw new Refusal(
        "TOO_MANY_RUNS",
        `Cannot queue the run as at most ${mostActive} runs may be queued or running: current value is ${active}`,
      );
    }
  }

  return {
    create: async (submission) => {
      const { id, created } = db.transaction(() => {
        const earlier = answeredBy(db, submission);
        if (earlier !== null) return { id: earlier, created: false };
        requireRoom(submission.tasks.length);
        const made = insertRun(db, submission, now());
        events.append({ kind: "run-created", run: made, name: submission.name });
        return { id: made, created: true };
      });
      if (created) await keepOrForget(id);
      else await files.keepMissing(id);
      return { run: readSummary(db, id)!, created };
    },

    get: (id) => readRun(db, id),
    outline: (id) => readOutline(db, id),
    list: (query) => listRuns(db, query),

    change: (id, { name, tags, notes }) =>
      change(id, () => {
        if (name !== undefined) db.run("UPDATE runs SET name = ? WHERE id = ?", name, id);
        if (tags !== undefined) db.run("UPDATE runs SET tags = ? WHERE id = ?", JSON.stringify(tags), id);
        if (notes !== undefined) db.run("UPDATE runs SET notes = ? WHERE id = ?", notes, id);
      }),

    cancel: async (id) => {
      const summary = readSummary(db, id);
      if (summary?.state === "cancelled") return summary;
      return change(id, (state) => {
        requireState(id, "cancelled", state, ["queued", "running"]);
        db.run(
          `UPDATE tasks SET state = 'cancelled', token = NULL, worker = NULL, lease_until = NULL, note = ''
           WHERE run = ? AND state IN ('waiting', 'running')`,
          id,
        );
        db.run("UPDATE runs SET state = 'cancelled', finished_at = ? WHERE id = ?", now(), id);
      });
    },

    retry: (id, { isIncomplete = false } = {}) =>
      change(id, (state) => {
        requireState(id, "retried", state, [
          "failed",
          "cancelled",
          ...(isIncomplete ? ["finished" as const] : []),
        ]);
        requireRoom(0);
        db.run(
          `UPDATE tasks SET state = 'waiting', attempts = 0, error = NULL, share = 0, note = '', started_at = NULL, finished_at = NULL
           WHERE run = ? AND (state IN ('failed', 'skipped', 'cancelled') OR needs = '[]' OR ?)`,
          id,
          Number(isIncomplete),
        );
        db.run(
          `UPDATE runs SET state = 'queued', error = NULL, finished_at = NULL, result_sha256 = NULL, headline = NULL, epsilon_reference = NULL
           WHERE id = ?`,
          id,
        );
      }),

    remove: async (id) => {
      db.transaction(() => {
        const row = db.one("SELECT state FROM runs WHERE id = ?", id);
        if (row === undefined) throw notFound(id);
        requireState(id, "deleted", text(row.state) as RunState, ["finished", "failed", "cancelled"]);
        db.run("DELETE FROM runs WHERE id = ?", id);
        db.run("DELETE FROM events WHERE run = ?", id);
        events.append({ kind: "run-deleted", run: id });
      });
      await files.keep(id);
    },

    output: (id, task, name) => {
      const row = db.one(
        "SELECT outputs FROM tasks WHERE run = ? AND id = ? AND state = 'finished'",
        id,
        task,
      );
      const outputs = row === undefined ? {} : (json(row.outputs) as Record<string, string>);
      return Object.hasOwn(outputs, name) ? outputs[name]! : null;
    },

    outputs: (id) =>
      db
        .all("SELECT DISTINCT value FROM tasks, json_each(outputs) WHERE run = ? AND state = 'finished'", id)
        .map(({ value }) => text(value)),

    isWeights: (hash) =>
      library.weights().some((entry) => entry.sha256 === hash) ||
      db.one("SELECT 1 FROM tasks WHERE state = 'finished' AND outputs ->> 'weights' = ? LIMIT 1", hash) !==
        undefined,

    references: () => {
      const artefacts = new Set<string>();
      const keys = new Set<string>();
      for (const row of db.all(
        "SELECT key, outputs FROM tasks WHERE key IS NOT NULL OR outputs IS NOT NULL",
      )) {
        if (row.key !== null) keys.add(text(row.key));
        if (row.outputs === null) continue;
        for (const hash of Object.values(json(row.outputs) as Record<string, string>)) artefacts.add(hash);
      }
      for (const { sha256: hash } of library.weights()) artefacts.add(hash);
      for (const { parts } of library.uploadedDatasets())
        for (const hash of Object.values(parts)) artefacts.add(hash);
      return { artefacts, keys };
    },

    counts: () => ({ runs: countBy(db, "runs"), tasks: countBy(db, "tasks") }),
  };
}

/** The id of the run that answers a submission already. */
function answeredBy(db: Sqlite, submission: Submission): string | null {
  const { idempotencyKey: key, requestSha256 } = submission;
  const asked = key === null ? null : askedBefore(db, key, requestSha256);
  if (asked !== null) return asked;
  const same = submission.fresh ? null : sameRun(db, submission);
  if (same !== null && key !== null)
    db.run("INSERT INTO answered_keys (key, request_sha256, run) VALUES (?, ?, ?)", key, requestSha256, same);
  return same;
}

/** The run that a request with this key was answered with. @throws {Refusal} IDEMPOTENCY_KEY_REUSED if it was another request. */
function askedBefore(db: Sqlite, key: string, requestSha256: string): string | null {
  const row = db.one(
    `SELECT id, request_sha256 FROM runs WHERE idempotency_key = ?1
     UNION ALL SELECT run, request_sha256 FROM answered_keys WHERE key = ?1`,
    key,
  );
  if (row === undefined) return null;
  if (row.request_sha256 === requestSha256) return text(row.id);
  throw new Refusal(
    "IDEMPOTENCY_KEY_REUSED",
    "Cannot queue the run as an Idempotency-Key must come with one request alone: current value came with another one before",
  );
}

/** The run of the same config and code; not one on data that stood in for others, which may be there by now. */
function sameRun(db: Sqlite, { config, code }: Submission): string | null {
  const row = db.one(
    `SELECT id FROM runs
     WHERE (requested_sha256 = ?1 OR resolved_sha256 = ?1) AND code = ?2 AND state IN ('queued', 'running', 'finished')
       AND (state <> 'finished' OR dataset_summary ->> 'warning' IS NULL)
     ORDER BY state = 'finished' DESC, created_at DESC LIMIT 1`,
    sha256(toJsonBytes(config)),
    code,
  );
  return row === undefined ? null : text(row.id);
}

function insertRun(db: Sqlite, submission: Submission, nowMs: number): string {
  const { config, name, tags, notes, fresh, code, tasks, idempotencyKey, requestSha256 } = submission;
  const id = newRunId(nowMs);
  db.run(
    `INSERT INTO runs (id, revision, name, tags, notes, state, config, requested_sha256, code, fresh, idempotency_key, request_sha256, created_at)
     VALUES (?, 1, ?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?)`,
    id,
    name,
    JSON.stringify(tags),
    notes,
    JSON.stringify(config),
    sha256(toJsonBytes(config)),
    code,
    Number(fresh),
    idempotencyKey,
    requestSha256,
    nowMs,
  );
  for (const [position, task] of tasks.entries()) {
    db.run(
      "INSERT INTO tasks (run, position, id, kind, title, needs, cost, state) VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting')",
      id,
      position,
      task.id,
      task.kind,
      task.title,
      JSON.stringify(task.needs),
      task.cost,
    );
  }
  return id;
}

function requireState(id: string, done: string, state: RunState, allowed: readonly RunState[]): void {
  if (allowed.includes(state)) return;
  throw new Refusal(
    "RUN_STATE",
    `Cannot go on as only a run that is ${allowed.join(" or ")} can be ${done}: current value of run ${id} is ${state}`,
  );
}

function notFound(id: string): Refusal {
  return new Refusal(
    "RUN_NOT_FOUND",
    `Cannot find the run as its id must be one of a run here: current value is ${id}`,
  );
}

function countBy(db: Sqlite, table: "runs" | "tasks"): Record<string, number> {
  const rows = db.all(`SELECT state, count(*) AS n FROM ${table} GROUP BY state`);
  return Object.fromEntries(rows.map(({ state, n }) => [text(state), integer(n)]));
}
