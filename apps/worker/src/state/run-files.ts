import { join } from "node:path";
import { fileError } from "../disk/file-error.ts";
import { writeDurably } from "../disk/durable-file.ts";
import { isStorageError } from "../disk/storage-error.ts";
import { checkedFile, readChecked } from "./checked-file.ts";
import { integer, text, type Row, type Sqlite } from "./sqlite.ts";

/**
 * Each run once more in a file of its own, `runs/<id>.json`, written before a change is acknowledged: what the database lost
 * (a truncated log, flipped bytes) is put back from there when it is opened. Progress and events are not in it.
 */
export interface RunFiles {
  /** Writes a run as the database has it; in place of one that it no longer has, that it was deleted. */
  keep(id: string): Promise<void>;
  /** Writes the file of a run that has none. */
  keepMissing(id: string): Promise<void>;
  /**
   * Makes database and files agree: of each run the later revision counts. For one process alone.
   *
   * @param onNote Told, in one sentence, of each run that was put back or could not be.
   */
  reconcile(onNote: (message: string) => void): Promise<void>;
}

/** Only in the database: who works on a task just now. */
const PASSING = ["token", "worker", "lease_until"];
/** What changes with the revision alone. */
const LASTING = [
  "name",
  "tags",
  "notes",
  "config",
  "code",
  "requested_sha256",
  "request_sha256",
  "created_at",
  "result_sha256",
];
const DELETED = /^(r[0-9a-z]{19})\.deleted$/;
const NAME = /^(r[0-9a-z]{19})\.json$/;

interface RunFile {
  readonly run: Row;
  readonly tasks: readonly Row[];
}

export function createRunFiles(db: Sqlite, folder: string): RunFiles {
  const path = (id: string) => join(folder, `${id}.json`);

  async function keep(id: string): Promise<void> {
    // One writer at a time, so that an older revision never takes a newer one's place.
    const lock = await locked(join(folder, ".lock"));
    try {
      const run = db.one("SELECT * FROM runs WHERE id = ?", id);
      if (run === undefined) {
        await writeDurably(join(folder, `${id}.deleted`), new Uint8Array());
        await removeIfThere(path(id));
      } else await writeDurably(path(id), encode({ run, tasks: tasksOf(db, id) }));
    } finally {
      lock.close();
    }
  }

  return {
    keep,
    keepMissing: async (id) => {
      if (!(await isThere(path(id)))) await keep(id);
    },
    reconcile: async (onNote) => {
      await Deno.mkdir(folder, { recursive: true });
      const inFiles = new Set<string>();
      for (const { name } of Array.from(Deno.readDirSync(folder))) {
        const id = DELETED.exec(name)?.[1];
        if (id !== undefined) db.run("DELETE FROM runs WHERE id = ?", id);
      }
      for (const entry of Array.from(Deno.readDirSync(folder))) {
        const id = NAME.exec(entry.name)?.[1];
        if (id === undefined) continue;
        const file = decode(await Deno.readFile(path(id)), id);
        const known = db.one(`SELECT ${["revision", ...LASTING].join(", ")} FROM runs WHERE id = ?`, id);
        if (file === null) {
          if (known === undefined)
            onNote(`${path(id)} is damaged and its run is not in the database; it is left as it is`);
          continue;
        }
        inFiles.add(id);
        if (known !== undefined && integer(known.revision) >= integer(file.run.revision)) {
          if (known.revision !== file.run.revision) await keep(id);
          else mend(db, file.run, known, onNote);
          continue;
        }
        const why = known === undefined ? "lost it" : "an earlier state";
        onNote(tryPutBack(db, file) ?? `Run ${id} is put back as its file has it: the database had ${why}`);
      }
      for (const { id } of db.all("SELECT id FROM runs")) if (!inFiles.has(text(id))) await keep(text(id));
    },
  };
}

/** A cell that is not as the file has it, though nothing was changed since: the file knows that it is whole. */
function mend(db: Sqlite, run: Row, known: Row, onNote: (message: string) => void): void {
  const wrong = LASTING.filter((column) => known[column] !== run[column]);
  if (wrong.length === 0) return;
  for (const column of wrong) db.run(`UPDATE runs SET ${column} = ? WHERE id = ?`, run[column]!, run.id!);
  onNote(
    `Run ${text(run.id)} had a damaged ${wrong.join(", ")} in the database; it is put back as its file has it`,
  );
}

function tasksOf(db: Sqlite, id: string): Row[] {
  return db
    .all("SELECT * FROM tasks WHERE run = ? ORDER BY position", id)
    .map((row) => Object.fromEntries(Object.entries(row).filter(([column]) => !PASSING.includes(column))));
}

/** One file that does not fit must not keep all others from their state. @returns Why it is not put back; null when it is. */
function tryPutBack(db: Sqlite, file: RunFile): string | null {
  const { idempotency_key: key = null } = file.run;
  const taken =
    key !== null && db.one("SELECT 1 FROM runs WHERE idempotency_key = ? AND id <> ?", key, file.run.id!);
  try {
    putBack(db, taken ? { ...file, run: { ...file.run, idempotency_key: null } } : file);
    return null;
  } catch (error) {
    if (isStorageError(error)) throw error;
    return `Run ${text(file.run.id)} cannot be put back from its file, which is left as it is: ${(error as Error).message}`;
  }
}

function putBack(db: Sqlite, { run, tasks }: RunFile): void {
  db.transaction(() => {
    db.run("DELETE FROM runs WHERE id = ?", run.id!);
    insert(db, "runs", run);
    // Who was at work is not known any more.
    for (const task of tasks)
      insert(db, "tasks", task.state === "running" ? { ...task, state: "waiting" } : task);
  });
}

function insert(db: Sqlite, table: string, row: Row): void {
  const columns = Object.keys(row);
  db.run(
    `INSERT INTO ${table} (${columns.map((column) => `"${column}"`).join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`,
    ...Object.values(row),
  );
}

function encode(file: RunFile): Uint8Array {
  return checkedFile(JSON.stringify(file, null, 1));
}

/** Null when it is damaged, or another run's. */
function decode(bytes: Uint8Array, id: string): RunFile | null {
  const text = readChecked(bytes);
  if (text === null) return null;
  const file = JSON.parse(text) as RunFile;
  return file.run.id === id ? file : null;
}

async function isThere(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw fileError(`read ${path}`, error);
  }
}

/** Waits for the lock; it ends with the file. */
async function locked(path: string): Promise<Deno.FsFile> {
  try {
    const file = await Deno.open(path, { create: true, write: true });
    await file.lock(true);
    return file;
  } catch (error) {
    throw fileError(`write ${path}`, error);
  }
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw fileError(`remove ${path}`, error);
  }
}
