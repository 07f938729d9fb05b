import { toJsonBytes } from "@gambeson/experiment/files";
import { sha256 } from "../disk/sha256.ts";
import { SHARE } from "./run-rows.ts";
import type { RunFiles } from "./run-files.ts";
import { integer, text, type Row, type Sqlite } from "./sqlite.ts";
import { LeaseLostError, type Claim, type EventLog, type Queue } from "./state.ts";
import { adopt, doAgain, finishTask, free, READY, readClaim, skipDependants } from "./task-rows.ts";

export interface QueueParts {
  readonly events: EventLog;
  readonly files: RunFiles;
  readonly now: () => number;
  /** How long a claim holds without being renewed. */
  readonly leaseMs: number;
  /** A task that was begun so often, and whose workers died of it or with it, has failed. */
  readonly mostAttempts: number;
}

/** A worker that was not heard of for so long is not there. */
const WORKER_GONE_MS = 10_000;

/**
 * The queue in two tables. A task is held by a token and a time; whoever writes for it must hold the token, and the time must not
 * have passed: a worker that slept past its lease can write nothing any more, even where nobody else has taken the task.
 */
export function createQueue(db: Sqlite, parts: QueueParts): Queue {
  const { events, files, now, leaseMs, mostAttempts } = parts;

  /** Does one thing for a held task, all or nothing. */
  function held<T>(claim: Claim, work: () => T): T {
    return db.transaction(() => {
      const row = db.one(
        "SELECT 1 FROM tasks WHERE run = ? AND id = ? AND state = 'running' AND token = ? AND lease_until > ?",
        claim.run,
        claim.task,
        claim.token,
        now(),
      );
      if (row === undefined) throw new LeaseLostError(claim);
      return work();
    });
  }

  function shareOf(run: string): number {
    return Math.min(1, Number(db.one(`SELECT ${SHARE} AS share FROM runs r WHERE id = ?`, run)?.share ?? 0));
  }

  /** Ends a run where nothing of it is left to do. @returns Whether it did. */
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
        .all("SELECT id, heard_at FROM workers WHERE heard_at > ?", now() - WORKER_GONE_MS)
        .map((row) => ({ id: text(row.id), heardAt: integer(row.heard_at) })),

    claim: (worker, except = new Set()) => {
      // Most looks find nothing: they need no lock.
      if (db.one("SELECT 1 FROM tasks WHERE state = 'waiting' LIMIT 1") === undefined) return null;
      return db.transaction(() => {
        const ready = () =>
          db
            .all(READY, worker.build, now() - WORKER_GONE_MS)
            .find((row) => !except.has(`${text(row.run)} ${text(row.id)}`));
        let found = ready();
        // Of a run taken over from another build the first task is ready, no longer this one.
        while (found !== undefined && adopt(db, text(found.run), worker.build)) found = ready();
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

    renew: (claim) => {
      held(claim, () => {
        db.run(
          "UPDATE tasks SET lease_until = ? WHERE run = ? AND id = ?",
          now() + leaseMs,
          claim.run,
          claim.task,
        );
      });
    },

    begin: (claim, key) =>
      held(claim, () => {
        const other = db.one(
          "SELECT 1 FROM tasks WHERE state = 'running' AND key = ? AND lease_until > ? AND token <> ? LIMIT 1",
          key,
          now(),
          claim.token,
        );
        if (other !== undefined) return false;
        db.run("UPDATE tasks SET key = ?, begun = 1 WHERE run = ? AND id = ?", key, claim.run, claim.task);
        return true;
      }),

    progress: (claim, share, note) => {
      held(claim, () => {
        db.run(
          "UPDATE tasks SET share = ?, note = ?, lease_until = ? WHERE run = ? AND id = ?",
          share,
          note,
          now() + leaseMs,
          claim.run,
          claim.task,
        );
        const { run, task } = claim;
        events.append({ kind: "task-progress", run, task, share, note, runShare: shareOf(run) });
      });
    },

    epoch: (claim, metrics) => {
      held(claim, () => {
        events.append({ kind: "epoch-finished", run: claim.run, task: claim.task, metrics });
      });
    },

    finish: async (claim, done, { preparation, outcome } = {}) => {
      const { run, task, title } = claim;
      held(claim, () => {
        finishTask(db, claim, done, now());
        events.append({
          kind: "task-finished",
          run,
          task,
          title,
          seconds: done.seconds,
          reused: done.reused,
          runShare: shareOf(run),
        });
        if (preparation !== undefined) {
          const { environment, dataset } = preparation;
          const found = [JSON.stringify(environment), JSON.stringify(dataset)] as const;
          const before = db.one("SELECT environment, dataset_summary FROM runs WHERE id = ?", run)!;
          const isAsBefore = before.environment === found[0] && before.dataset_summary === found[1];
          // A retried run goes on with what it has, if that was made of the same.
          if (before.environment !== null && !isAsBefore) doAgain(db, run, task);
          db.run(
            "UPDATE runs SET config = ?, resolved_sha256 = ?, environment = ?, dataset_summary = ?, revision = revision + 1 WHERE id = ?",
            JSON.stringify(preparation.config),
            sha256(toJsonBytes(preparation.config)),
            ...found,
            run,
          );
          for (const planned of preparation.tasks)
            db.run(
              "UPDATE tasks SET cost = ?, title = ? WHERE run = ? AND id = ?",
              planned.cost,
              planned.title,
              run,
              planned.id,
            );
          events.append({ kind: "run-changed", run, state: "running" });
        }
        if (outcome !== undefined) {
          db.run(
            `UPDATE runs SET state = 'finished', finished_at = ?, result_sha256 = ?, headline = ?, epsilon_reference = ?, error = NULL,
               revision = revision + 1 WHERE id = ?`,
            now(),
            outcome.resultSha256,
            JSON.stringify(outcome.headline),
            outcome.epsilonReference,
            run,
          );
          events.append({ kind: "run-changed", run, state: "finished" });
        } else {
          settle(run);
        }
      });
      // A run's file matters once the run has come to something; till then its tasks can be done again.
      if (outcome !== undefined) await files.keep(run);
    },

    fail: async (claim, message) => {
      const ended = held(claim, () => {
        const row = db.one("SELECT * FROM tasks WHERE run = ? AND id = ?", claim.run, claim.task)!;
        return failTask(claim.run, row, message);
      });
      if (ended) await files.keep(claim.run);
    },

    redo: (claim, hash) =>
      held(claim, () => {
        const givers = db.all(
          `SELECT id, title FROM tasks WHERE run = ? AND state = 'finished'
             AND EXISTS (SELECT 1 FROM json_each(outputs) WHERE value = ?)`,
          claim.run,
          hash,
        );
        if (givers.length === 0) return false;
        for (const row of givers) {
          free(db, claim.run, text(row.id));
          db.run("UPDATE tasks SET outputs = NULL WHERE run = ? AND id = ?", claim.run, row.id!);
          events.append({
            kind: "task-failed",
            run: claim.run,
            task: text(row.id),
            title: text(row.title),
            message: "what it gave is gone; it is done again",
            willRetry: true,
          });
        }
        free(db, claim.run, claim.task);
        return true;
      }),

    giveBack: (claim) => {
      db.transaction(() => {
        const row = db.one(
          "SELECT 1 FROM tasks WHERE run = ? AND id = ? AND state = 'running' AND token = ?",
          claim.run,
          claim.task,
          claim.token,
        );
        if (row === undefined) return;
        free(db, claim.run, claim.task);
        db.run("UPDATE tasks SET attempts = attempts - 1 WHERE run = ? AND id = ?", claim.run, claim.task);
      });
    },
  };
}
