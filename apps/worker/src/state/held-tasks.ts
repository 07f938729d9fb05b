import type { QueueParts } from "./queue-parts.ts";
import { noteOutcome, notePreparation } from "./run-findings.ts";
import type { RunSettling } from "./run-settling.ts";
import { integer, text, type Sqlite } from "./sqlite.ts";
import { LeaseLostError, type Claim, type Queue } from "./state.ts";
import { finishTask, free } from "./task-rows.ts";

/** A lease of which so much is left need not be prolonged yet. */
const FRESH_SHARE = 2 / 3;

/** What a worker may do for a task as long as it holds it. */
export function heldTasks(
  db: Sqlite,
  { events, files, now, leaseMs }: QueueParts,
  { shareOf, settle, failTask }: RunSettling,
): Pick<Queue, "renew" | "begin" | "progress" | "epoch" | "finish" | "fail" | "redo" | "giveBack"> {
  /** @returns Milliseconds; 0 or less when it is not held any more. */
  function leaseLeftOf({ run, task, token }: Claim): number {
    const row = db.one(
      "SELECT lease_until FROM tasks WHERE run = ? AND id = ? AND state = 'running' AND token = ?",
      run,
      task,
      token,
    );
    return row === undefined ? 0 : integer(row.lease_until) - now();
  }

  function prolong({ run, task }: Claim): void {
    db.run("UPDATE tasks SET lease_until = ? WHERE run = ? AND id = ?", now() + leaseMs, run, task);
  }

  /** Does one thing for a held task, all or nothing. */
  function held<T>(claim: Claim, work: () => T): T {
    return db.transaction(() => {
      if (leaseLeftOf(claim) <= 0) throw new LeaseLostError(claim);
      return work();
    });
  }

  return {
    renew: (claim) => {
      // Asked for often, it writes rarely: every write is a sync of the disk.
      if (leaseLeftOf(claim) > leaseMs * FRESH_SHARE) return;
      held(claim, () => {
        prolong(claim);
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
        prolong(claim);
        db.run(
          "UPDATE tasks SET share = ?, note = ? WHERE run = ? AND id = ?",
          share,
          note,
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
          notePreparation(db, claim, preparation);
          events.append({ kind: "run-changed", run, state: "running" });
        }
        if (outcome !== undefined) {
          noteOutcome(db, run, outcome, now());
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
