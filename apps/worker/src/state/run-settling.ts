import { SHARE } from "./run-rows.ts";
import { text, type Row, type Sqlite } from "./sqlite.ts";
import type { EventLog } from "./state.ts";
import { skipDependants } from "./task-rows.ts";

/** What becomes of a run as its tasks end; each inside a transaction of its caller's. */
export interface RunSettling {
  /** Share of the run's work that is done, in [0, 1]. */
  shareOf(run: string): number;
  /** Ends a run that cannot finish, where nothing of it is left to do. @returns Whether it did. */
  settle(run: string): boolean;
  /** Fails a task, and skips those that need it. @returns Whether the run has ended with it. */
  failTask(run: string, task: Row, message: string): boolean;
}

export function createRunSettling(db: Sqlite, events: EventLog, now: () => number): RunSettling {
  function shareOf(run: string): number {
    return Math.min(1, Number(db.one(`SELECT ${SHARE} AS share FROM runs r WHERE id = ?`, run)?.share ?? 0));
  }

  function settle(run: string): boolean {
    const open = db.one("SELECT 1 FROM tasks WHERE run = ? AND state IN ('waiting', 'running') LIMIT 1", run);
    const failed = db.one(
      "SELECT title, error FROM tasks WHERE run = ? AND state = 'failed' ORDER BY position",
      run,
    );
    if (open !== undefined || failed === undefined) return false;
    const changed = db.run(
      "UPDATE runs SET state = 'failed', error = ?, finished_at = ?, revision = revision + 1 WHERE id = ? AND state IN ('queued', 'running')",
      `${text(failed.title)}: ${text(failed.error)}`,
      now(),
      run,
    );
    if (changed > 0) events.append({ kind: "run-changed", run, state: "failed" });
    return changed > 0;
  }

  function failTask(run: string, task: Row, message: string): boolean {
    db.run(
      `UPDATE tasks SET state = 'failed', error = ?, finished_at = ?, token = NULL, worker = NULL, lease_until = NULL
       WHERE run = ? AND id = ?`,
      message,
      now(),
      run,
      task.id!,
    );
    skipDependants(db, run);
    events.append({
      kind: "task-failed",
      run,
      task: text(task.id),
      title: text(task.title),
      message,
      willRetry: false,
    });
    return settle(run);
  }

  return { shareOf, settle, failTask };
}
