import { join } from "node:path";
import { createEventLog, seedEventIds } from "./event-log.ts";
import { createLibrary } from "./library.ts";
import { openDatabase, openMemoryDatabase } from "./open-database.ts";
import { createQueue } from "./queue.ts";
import { createRunBook } from "./run-book.ts";
import { createRunFiles, type RunFiles } from "./run-files.ts";
import type { Sqlite } from "./sqlite.ts";
import type { State } from "./state.ts";

export interface StateOptions {
  /** Milliseconds since 1970; the same clock for all processes of a state folder. */
  readonly now: () => number;
  /** Told, in one sentence each, of what was damaged and what was put right. */
  readonly onNote: (message: string) => void;
  /** How long a worker holds a task without a word. */
  readonly leaseMs?: number;
  /** A task that was begun so often, and whose workers died of it or with it, has failed. */
  readonly mostAttempts?: number;
  /** Most runs that are queued or running at once. */
  readonly mostActive?: number;
}

const DEFAULTS = { leaseMs: 15_000, mostAttempts: 3, mostActive: 200 };

/**
 * Opens a state folder: `gambeson.db`, `runs/` and `uploads/` (the same once more, a file each); artefacts lie beside them. Several
 * processes may have it open; the first one puts right what an unclean stop or a damaged disk left.
 *
 * @throws {Error} If the folder cannot be written, or is of a newer Gambeson.
 */
export async function openState(folder: string, options: StateOptions): Promise<State> {
  const { db, isFirst, wasClosed, damage, letOthersIn, isInPlace, close } = await openDatabase(
    folder,
    options.now(),
  );
  try {
    if (damage !== null) options.onNote(damage);
    const files = createRunFiles(db, join(folder, "runs"));
    const library = createLibrary(db, join(folder, "uploads"));
    if (isFirst) {
      await files.reconcile(options.onNote);
      await library.reconcile(options.onNote);
      db.run("DELETE FROM workers");
      if (!wasClosed && !isEmpty(db)) seedEventIds(db, options.now());
      await letOthersIn();
    }
    return stateOn(db, { ...options, files, library, isInPlace, close });
  } catch (error) {
    close();
    throw error;
  }
}

function isEmpty(db: Sqlite): boolean {
  return db.one("SELECT 1 FROM runs UNION ALL SELECT 1 FROM events LIMIT 1") === undefined;
}

/** A state that is gone with the process: for tests. */
export function openMemoryState(options: Omit<StateOptions, "onNote">): State {
  const db = openMemoryDatabase();
  const done = () => Promise.resolve();
  const nowhere: RunFiles = { keep: done, keepMissing: done, reconcile: done };
  return stateOn(db, {
    ...options,
    files: nowhere,
    library: createLibrary(db, null),
    isInPlace: () => true,
    close: db.close,
  });
}

interface Parts extends Omit<StateOptions, "onNote"> {
  readonly files: RunFiles;
  readonly library: ReturnType<typeof createLibrary>;
  isInPlace(): boolean;
  close(): void;
}

function stateOn(db: Sqlite, { files, library, isInPlace, close, now, ...options }: Parts): State {
  const events = createEventLog(db, now);
  return {
    events,
    library,
    isInPlace,
    runs: createRunBook(db, {
      events,
      library,
      files,
      now,
      mostActive: options.mostActive ?? DEFAULTS.mostActive,
    }),
    queue: createQueue(db, {
      events,
      files,
      now,
      leaseMs: options.leaseMs ?? DEFAULTS.leaseMs,
      mostAttempts: options.mostAttempts ?? DEFAULTS.mostAttempts,
    }),
    close,
  };
}
