import { join } from "node:path";
import { fileError } from "../disk/file-error.ts";
import { writeDurably } from "../disk/durable-file.ts";
import { isStorageError } from "../disk/storage-error.ts";
import { sha256 } from "../disk/sha256.ts";
import { MIGRATIONS } from "./migrations.ts";
import { integer, openSqlite, text, type Row, type Sqlite } from "./sqlite.ts";

export interface OpenedDatabase {
  readonly db: Sqlite;
  /** True for the one process that found no other one at work: it puts things right, and lets others in. */
  readonly isFirst: boolean;
  /** Whether it is byte by byte as the last process closed it: else a part of it may be lost, or another than it was. */
  readonly wasClosed: boolean;
  /** What was found damaged and is therefore set aside, in one sentence; null when nothing was. */
  readonly damage: string | null;
  /** Whether the file that is open still has its name. */
  isInPlace(): boolean;
  /** For the first one, once all is right: until then every other one waits. */
  letOthersIn(): Promise<void>;
  close(): void;
}

const NAME = "gambeson.db";
/** In the seal's place while one process puts things right, and from then on until the last one closes. */
const OPENING = "opening\n";
const OPEN = "open\n";
const SEAL = /^[0-9a-f]{64}\n$/;

/**
 * Opens the state folder's database, which several processes may share. The first one looks whether it is whole: after a clean stop by
 * its SHA-256, which the last process left beside it; after any other by SQLite's own integrity check. A damaged one is moved aside,
 * never written over, and a new one takes its place, with the events that can still be read.
 *
 * @throws {Error} If the folder cannot be written, or the database is of a newer Gambeson.
 */
export async function openDatabase(folder: string, nowMs: number): Promise<OpenedDatabase> {
  const path = join(folder, NAME);
  const seal = join(folder, `${NAME}.sha256`);
  let lock: Deno.FsFile;
  try {
    await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
    lock = await Deno.open(join(folder, `${NAME}.lock`), { create: true, read: true, write: true });
  } catch (error) {
    throw fileError(`keep runs in ${folder}`, error);
  }
  try {
    const isFirst = await enter(lock, seal);
    const wasClosed = isFirst && (await isAsClosed(path, seal));
    const damage = isFirst ? await findDamage(path, seal) : null;
    const events = damage === null ? [] : readEvents(path);
    if (damage !== null) await setAside(path, nowMs);
    const db = connect(path);
    enterEvents(db, events);
    if (isFirst) await markAs(OPENING, seal);
    const opened = identityOf(path);
    return {
      db,
      isFirst,
      wasClosed,
      damage:
        damage === null
          ? null
          : `${path} was damaged (${damage}) and is set aside; runs are put back from their own files`,
      isInPlace: () => identityOf(path) === opened,
      letOthersIn: async () => {
        await markAs(OPEN, seal);
        await lock.lock(false);
      },
      close: () => {
        closeLast(db, lock, path, seal);
      },
    };
  } catch (error) {
    lock.close();
    throw error;
  }
}

/**
 * Takes the lock: alone, or with the others that are at work. Who holds it alone puts things right, or closes as the last one.
 *
 * @returns Whether it is held alone.
 */
async function enter(lock: Deno.FsFile, seal: string): Promise<boolean> {
  for (;;) {
    if (await lock.tryLock(true)) return true;
    await lock.lock(false);
    if ((await readMark(seal)) === OPEN) return false;
    // Who held it alone has closed, or died before all was right.
    await lock.unlock();
  }
}

/** A database that is gone with the process: for tests. */
export function openMemoryDatabase(): Sqlite {
  return connect(":memory:");
}

function connect(path: string): Sqlite {
  const db = openSqlite(path);
  try {
    db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
    migrate(db, path);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function migrate(db: Sqlite, path: string): void {
  const versionOf = () => integer(db.one("PRAGMA user_version")?.user_version);
  if (versionOf() === MIGRATIONS.length) return;
  db.transaction(() => {
    const version = versionOf();
    if (version > MIGRATIONS.length) {
      throw new RangeError(
        `Cannot open ${path} as its version must be at most ${MIGRATIONS.length}: current value is ${version}; it is of a newer Gambeson`,
      );
    }
    for (const sql of MIGRATIONS.slice(version)) db.exec(sql);
    db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
  });
}

/** @returns What is wrong; null when nothing is, or there is no database yet. */
async function findDamage(path: string, seal: string): Promise<string | null> {
  if (identityOf(path) === null) return null;
  if (SEAL.test(await readMark(seal)) && !(await isAsClosed(path, seal)))
    return "it is not as it was when it was closed";
  try {
    const db = openSqlite(path);
    try {
      const found = db.all("PRAGMA integrity_check(3)").map((row) => text(Object.values(row)[0]));
      return found.length === 1 && found[0] === "ok" ? null : found.join("; ");
    } finally {
      db.close();
    }
  } catch (error) {
    if (isDamage(error)) return (error as Error).message;
    throw error;
  }
}

/** Whether nothing has changed since the last process closed it. */
async function isAsClosed(path: string, seal: string): Promise<boolean> {
  const [bytes, mark] = [await readIfThere(path), await readMark(seal)];
  return bytes !== null && mark === `${sha256(bytes)}\n`;
}

/** What a damaged database still tells of what happened: no run's file has that. */
function readEvents(path: string): readonly Row[] {
  try {
    const db = openSqlite(path);
    try {
      return db.all("SELECT id, run, at, kind, body FROM events WHERE json_valid(body) ORDER BY id");
    } finally {
      db.close();
    }
  } catch {
    return [];
  }
}

function enterEvents(db: Sqlite, events: readonly Row[]): void {
  db.transaction(() => {
    for (const { id, run, at, kind, body } of events)
      db.run(
        "INSERT INTO events (id, run, at, kind, body) VALUES (?, ?, ?, ?, ?)",
        id!,
        run!,
        at!,
        kind!,
        body!,
      );
  });
}

/** SQLite's own word for a damaged file, or for one that is none of its. */
function isDamage(error: unknown): boolean {
  const code = error instanceof Error && "errcode" in error ? Number(error.errcode) & 0xff : 0;
  return code === 11 || code === 26;
}

async function setAside(path: string, nowMs: number): Promise<void> {
  const mark = new Date(nowMs).toISOString().replace(/[:.]/g, "-");
  for (const suffix of ["", "-wal", "-shm"]) {
    try {
      await Deno.rename(`${path}${suffix}`, `${path}.damaged-${mark}${suffix}`);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw fileError(`set ${path}${suffix} aside`, error);
    }
  }
}

/** Somebody who reads an earlier state keeps the log from being taken over. */
function isInOneFile(path: string): boolean {
  try {
    return Deno.statSync(`${path}-wal`).size === 0;
  } catch {
    return true;
  }
}

function identityOf(path: string): string | null {
  try {
    const { dev, ino } = Deno.statSync(path);
    return `${dev} ${ino}`;
  } catch {
    return null;
  }
}

/** How long the last one to go waits for somebody who only reads. */
const CLOSING_MS = 500;

/** The last process to go leaves one file, with its SHA-256 beside it; on a full disk the log stays, and there is no seal. */
function closeLast(db: Sqlite, lock: Deno.FsFile, path: string, seal: string): void {
  try {
    lock.unlockSync();
    const isLast = lock.tryLockSync(true);
    if (isLast) db.exec(`PRAGMA busy_timeout = ${CLOSING_MS}`);
    const isWhole =
      isLast && hasRoomFor(() => db.all("PRAGMA wal_checkpoint(TRUNCATE)")) && isInOneFile(path);
    db.close();
    if (isWhole) {
      hasRoomFor(() => {
        Deno.writeTextFileSync(seal, `${sha256(Deno.readFileSync(path))}\n`);
      });
    }
  } finally {
    lock.close();
  }
}

/** @returns Whether the disk took what is written. */
function hasRoomFor(write: () => unknown): boolean {
  try {
    write();
    return true;
  } catch (error) {
    if (isStorageError(error)) return false;
    throw error;
  }
}

async function readIfThere(path: string): Promise<Uint8Array | null> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw fileError(`read ${path}`, error);
  }
}

async function readMark(seal: string): Promise<string> {
  return new TextDecoder().decode((await readIfThere(seal)) ?? new Uint8Array());
}

async function markAs(mark: string, seal: string): Promise<void> {
  await writeDurably(seal, new TextEncoder().encode(mark));
}
