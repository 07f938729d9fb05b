import type { QueueParts } from "./queue-parts.ts";
import type { RunSettling } from "./run-settling.ts";
import { integer, text, type Row, type Sqlite } from "./sqlite.ts";
import type { Queue, WorkerIdentity } from "./state.ts";
import { adopt, free, READY, readClaim, RUNS_TO_DO } from "./task-rows.ts";

/** A worker that was not heard of for so long is not there; nor one heard of so far ahead, before the clock was put back. */
const WORKER_GONE_MS = 10_000;

/** How workers come to tasks, and tasks to other workers. */
export function claimTasks(
  db: Sqlite,
  { events, files, now, leaseMs, mostAttempts }: QueueParts,
  { shareOf, failTask }: RunSettling,
): Pick<Queue, "greet" | "farewell" | "workers" | "claim" | "recover"> {
  /** The first task that is ready, of a run that is this worker's build's by now. */
  function findReady(worker: WorkerIdentity, except: ReadonlySet<string>): Row | undefined {
    for (const { id } of db.all(RUNS_TO_DO, worker.build, WORKER_GONE_MS, now())) {
      const ready = () => db.all(READY, id!).find((row) => !except.has(`${text(row.run)} ${text(row.id)}`));
      const found = ready();
      if (found === undefined) continue;
      // Of a run taken over from another build the first task is ready, no longer this one.
      return adopt(db, text(id), worker) ? ready() : found;
    }
    return undefined;
  }

  return {
    greet: ({ id, build }) => {
      db.run(
        "INSERT INTO workers (id, build, heard_at) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE SET heard_at = ?3",
        id,
        build,
        now(),
      );
    },
    farewell: (id) => {
      db.run("DELETE FROM workers WHERE id = ?", id);
    },
    workers: () =>
      db
        .all("SELECT id, heard_at FROM workers WHERE abs(heard_at - ?) < ?", now(), WORKER_GONE_MS)
        .map((row) => ({ id: text(row.id), heardAt: integer(row.heard_at) })),

    claim: (worker, except = new Set()) => {
      // Most looks find nothing: they need no lock.
      if (db.one("SELECT 1 FROM tasks WHERE state = 'waiting' LIMIT 1") === undefined) return null;
      return db.transaction(() => {
        const found = findReady(worker, except);
        if (found === undefined) return null;
        const run = text(found.run);
        const token = crypto.randomUUID();
        db.run(
          `UPDATE tasks SET state = 'running', attempts = attempts + 1, token = ?, worker = ?, lease_until = ?, share = 0, note = '',
             key = NULL, error = NULL, started_at = ? WHERE run = ? AND id = ?`,
          token,
          worker.id,
          now() + leaseMs,
          now(),
          run,
          found.id!,
        );
        const began = db.run(
          "UPDATE runs SET state = 'running', started_at = coalesce(started_at, ?) WHERE id = ? AND state = 'queued'",
          now(),
          run,
        );
        if (began > 0) events.append({ kind: "run-changed", run, state: "running" });
        const claim = readClaim(db, run, text(found.id), token);
        events.append({
          kind: "task-started",
          run,
          task: claim.task,
          title: claim.title,
          attempt: claim.attempt,
          runShare: shareOf(run),
        });
        return claim;
      });
    },

    recover: async (isAlive) => {
      const left = db.all("SELECT worker FROM tasks WHERE state = 'running' AND lease_until > ?", now());
      const dead = new Set(left.map((row) => text(row.worker)).filter((id) => !isAlive(id)));
      const isLost = (row: Row) => integer(row.lease_until) <= now() || dead.has(text(row.worker));
      if (!db.all("SELECT worker, lease_until FROM tasks WHERE state = 'running'").some(isLost)) return 0;
      const ended: string[] = [];
      const count = db.transaction(() => {
        const lost = db.all("SELECT * FROM tasks WHERE state = 'running'").filter(isLost);
        for (const row of lost) {
          const run = text(row.run);
          const attempts = integer(row.attempts);
          const why = dead.has(text(row.worker)) ? "its worker died" : "its worker was not heard of in time";
          if (attempts >= mostAttempts) {
            const message = `Cannot finish the task as a worker must live through it: ${why}, ${attempts} times of ${mostAttempts}`;
            if (failTask(run, row, message)) ended.push(run);
            continue;
          }
          free(db, run, text(row.id));
          events.append({
            kind: "task-failed",
            run,
            task: text(row.id),
            title: text(row.title),
            message: `${why}; it is taken up again`,
            willRetry: true,
          });
        }
        for (const id of dead) db.run("DELETE FROM workers WHERE id = ?", id);
        return lost.length;
      });
      for (const run of ended) await files.keep(run);
      return count;
    },
  };
}
