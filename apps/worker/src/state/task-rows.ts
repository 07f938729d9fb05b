import type { DatasetSummary, Environment, ExperimentConfig } from "@gambeson/contract";
import { integer, json, jsonOrNull, text, type Sqlite } from "./sqlite.ts";
import type { Claim, FinishedTask, WorkerIdentity } from "./state.ts";

/**
 * Runs that a build may do, the oldest first: those of its own, and those whose build has no worker, nor a task whose lease holds.
 */
export const RUNS_TO_DO = `
  SELECT r.id FROM runs r
  WHERE r.state IN ('queued', 'running') AND (r.build IS NULL OR r.build = ?1 OR NOT (
    EXISTS (SELECT 1 FROM workers w WHERE w.build = r.build AND abs(w.heard_at - ?3) < ?2)
    OR EXISTS (SELECT 1 FROM tasks t WHERE t.run = r.id AND t.state = 'running' AND t.lease_until > ?3)))
  ORDER BY r.created_at, r.id`;

/** A run's tasks whose inputs are there, in the plan's order. */
export const READY = `
  SELECT t.run, t.id FROM tasks t
  WHERE t.run = ? AND t.state = 'waiting' AND NOT EXISTS (
    SELECT 1 FROM json_each(t.needs) n JOIN tasks needed ON needed.run = t.run AND needed.id = n.value
    WHERE needed.state <> 'finished')
  ORDER BY t.position LIMIT 100`;

/**
 * Makes a run a build's. What another build has finished of it is not this one's: a result is made by one.
 *
 * @returns Whether the run was another build's, and everything of it is to be done again.
 */
export function adopt(db: Sqlite, run: string, { build, code }: WorkerIdentity): boolean {
  const before = db.one("SELECT build FROM runs WHERE id = ?", run)?.build;
  if (before === build) return false;
  // That its images stood in for others stays known: its config names them alone by now.
  db.run("UPDATE runs SET build = ?, code = ?, environment = NULL WHERE id = ?", build, code, run);
  if (before === null) return false;
  doAgain(db, run);
  return true;
}

/** Everything of a run is to be done again, but for one task. */
export function doAgain(db: Sqlite, run: string, except = ""): void {
  db.run(
    `UPDATE tasks SET state = 'waiting', attempts = 0, begun = 0, token = NULL, worker = NULL, lease_until = NULL, key = NULL, outputs = NULL,
       share = 0, note = '', started_at = NULL, finished_at = NULL, seconds = NULL, reused = 0, error = NULL
     WHERE run = ? AND id <> ?`,
    run,
    except,
  );
  db.run("DELETE FROM events WHERE run = ? AND kind = 'epoch-finished'", run);
}

export function free(db: Sqlite, run: string, task: string): void {
  db.run(
    `UPDATE tasks SET state = 'waiting', token = NULL, worker = NULL, lease_until = NULL, share = 0, note = '', started_at = NULL
     WHERE run = ? AND id = ?`,
    run,
    task,
  );
}

export function skipDependants(db: Sqlite, run: string): void {
  const skip = () =>
    db.run(
      `UPDATE tasks SET state = 'skipped' WHERE run = ?1 AND state = 'waiting' AND EXISTS (
         SELECT 1 FROM json_each(tasks.needs) n JOIN tasks needed ON needed.run = ?1 AND needed.id = n.value
         WHERE needed.state IN ('failed', 'skipped'))`,
      run,
    );
  while (skip() > 0);
}

export function finishTask(
  db: Sqlite,
  { run, task }: Claim,
  { outputs, seconds, reused }: FinishedTask,
  nowMs: number,
): void {
  db.run(
    `UPDATE tasks SET state = 'finished', outputs = ?, seconds = ?, reused = ?, share = 1, note = '', finished_at = ?,
       token = NULL, worker = NULL, lease_until = NULL WHERE run = ? AND id = ?`,
    JSON.stringify(outputs),
    seconds,
    Number(reused),
    nowMs,
    run,
    task,
  );
}

export function readClaim(db: Sqlite, run: string, task: string, token: string): Claim {
  const row = db.one("SELECT * FROM runs WHERE id = ?", run)!;
  const tasks = db.all("SELECT * FROM tasks WHERE run = ? ORDER BY position", run);
  const index = tasks.findIndex(({ id }) => id === task);
  const own = tasks[index]!;
  const finished = tasks.filter(({ state }) => state === "finished");
  return {
    run,
    task,
    kind: text(own.kind),
    title: text(own.title),
    index,
    of: tasks.length,
    attempt: integer(own.attempts),
    begun: own.begun === 1,
    token,
    config: json(row.config) as ExperimentConfig,
    fresh: row.fresh === 1,
    environment: jsonOrNull(row.environment) as Environment | null,
    dataset: jsonOrNull(row.dataset_summary) as DatasetSummary | null,
    outputs: new Map(
      finished.map((done) => [
        text(done.id),
        {
          kind: text(done.kind),
          outputs: json(done.outputs) as Record<string, string>,
          seconds: Number(done.seconds),
          reused: done.reused === 1,
        },
      ]),
    ),
  };
}
