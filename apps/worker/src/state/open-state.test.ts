import { createRandom } from "@gambeson/runtime";
import { describe, expect, test } from "vitest";
import { filesBelow, temporaryFolder } from "../testing/temporary-folder.ts";
import { openState } from "./open-state.ts";
import { openSqlite } from "./sqlite.ts";
import { claim, finishRun, submission, submit, testClock } from "./testing/example-runs.ts";
import {
  closedFolder,
  copyOf,
  crashedFolder,
  lastingParts,
  openAndLook,
  openQuietly,
} from "./testing/filled-state.ts";

/** Places of the database at which a bit is flipped, one after another. */
const PLACES = 20;

const database = (folder: string) => `${folder}/gambeson.db`;
const seal = (folder: string) => `${folder}/gambeson.db.sha256`;
const hasSeal = (folder: string) => /^[0-9a-f]{64}\n$/.test(textOf(seal(folder)));
const textOf = (path: string) => (isThere(path) ? Deno.readTextFileSync(path) : "");
const setAside = (folder: string) =>
  filesBelow(folder).filter((name) => name.startsWith("gambeson.db.damaged-"));

function isThere(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}

function change(path: string, how: (bytes: Uint8Array) => Uint8Array): void {
  Deno.writeFileSync(path, how(Deno.readFileSync(path)));
}

function flipped(bytes: Uint8Array, at: number, bit: number): Uint8Array {
  return bytes.with(at, bytes[at]! ^ (1 << bit));
}

const garbage = (length: number) => {
  const random = createRandom(7);
  return Uint8Array.from({ length }, () => random.integer(256));
};

describe("a state that is closed and opened again", () => {
  test("is as it was, and says nothing", async () => {
    const { folder, parts } = await closedFolder();
    expect(await openAndLook(folder)).toEqual({ parts, notes: [] });
    expect(filesBelow(folder).filter((name) => !name.endsWith(".deleted"))).toEqual(
      [
        "gambeson.db",
        "gambeson.db.lock",
        "gambeson.db.sha256",
        "runs/.lock",
        ...parts.runs.map(({ id }) => `runs/${id}.json`),
        `uploads/dataset-${parts.datasets[0]!.name}.json`,
        `uploads/weights-${parts.weights[0]!.sha256}.json`,
      ].sort(),
    );
  });

  test("keeps its events, and goes on with their numbers", async () => {
    const { folder } = await closedFolder();
    const { state } = await openQuietly(folder);
    const events = state.events.after(0, { limit: 100 });
    expect(events.length).toBeGreaterThan(10);
    const last = state.events.lastId();
    state.close();
    const { state: again } = await openQuietly(folder);
    expect(again.events.after(0, { limit: 100 })).toEqual(events);
    await submit(again, "new");
    expect(again.events.lastId()).toBe(last + 1);
    again.close();
  });

  test("is sealed by whoever closes last", async () => {
    const folder = temporaryFolder();
    const [first, second] = [await openQuietly(folder), await openQuietly(folder)];
    await submit(first.state, "one");
    first.state.close();
    expect(hasSeal(folder)).toBe(false);
    await submit(second.state, "two");
    second.state.close();
    expect(hasSeal(folder)).toBe(true);
    expect(filesBelow(folder).filter((name) => name.startsWith("gambeson.db-"))).toEqual([]);
    const { state } = await openQuietly(folder);
    expect(hasSeal(folder)).toBe(false);
    state.close();
  });

  test("after an unclean stop is as it was, and so are the tasks at work", async () => {
    const open = temporaryFolder();
    const { state, pass } = await openQuietly(open);
    const run = await submit(state, "at work");
    const held = claim(state);
    state.queue.progress(held, 0.5, "half");
    const folder = copyOf(open);
    state.close();
    const { state: again } = await openQuietly(folder);
    expect(again.runs.get(run)!.tasks[0]).toMatchObject({ state: "running", share: 0.5, note: "half" });
    again.queue.renew(held);
    pass(60_000);
    expect(await again.queue.recover(() => false)).toBe(1);
    await finishRun(again);
    expect(again.runs.get(run)!.state).toBe("finished");
    again.close();
  });
});

describe("a state that was damaged while it was closed", () => {
  test("a flipped bit anywhere in the database is noticed, and nothing is lost", async () => {
    const { folder, parts } = await closedFolder();
    const whole = Deno.readFileSync(database(folder));
    const random = createRandom(1);
    // One place in each part of the file, and the fields of its head that SQLite itself believes.
    const step = whole.length / PLACES;
    const places = Array.from({ length: PLACES }, (_, part) => Math.floor((part + random.uniform()) * step));
    for (const at of [0, 18, 24, 60, whole.length - 1, ...places]) {
      const copy = copyOf(folder);
      const damaged = flipped(whole, at, at % 8);
      Deno.writeFileSync(database(copy), damaged);
      const { parts: found, notes } = await openAndLook(copy);
      expect(found, `byte ${at}`).toEqual(parts);
      expect(notes[0], `byte ${at}`).toMatch(/gambeson\.db was damaged .* is set aside/);
      // What was damaged is kept, and never looked at again.
      expect(Deno.readFileSync(`${copy}/${setAside(copy)[0]!}`)).toEqual(damaged);
    }
  });

  test("a repaired state is whole", async () => {
    const { folder, parts } = await closedFolder();
    change(database(folder), (bytes) => flipped(bytes, 5000, 1));
    expect((await openAndLook(folder)).notes).not.toEqual([]);
    expect(await openAndLook(folder)).toEqual({ parts, notes: [] });
  });

  test.each([0, 1, 99, 4096, 20_000, -1])(
    "a database cut to %d bytes is noticed, and nothing is lost",
    async (length) => {
      const { folder, parts } = await closedFolder();
      change(database(folder), (bytes) => bytes.slice(0, length));
      const { parts: found, notes } = await openAndLook(folder);
      expect(found).toEqual(parts);
      expect(notes[0]).toMatch(/was damaged/);
    },
  );

  test.each([
    ["a changed digit", (bytes: Uint8Array) => flipped(bytes, 5, 0)],
    ["nothing in it", () => new Uint8Array()],
  ])("a seal with %s costs no run", async (_, how) => {
    const { folder, parts } = await closedFolder();
    change(seal(folder), how);
    expect((await openAndLook(folder)).parts).toEqual(parts);
  });

  test("a database that is gone is put back from the runs' files", async () => {
    const { folder, parts } = await closedFolder();
    Deno.removeSync(database(folder));
    const { parts: found, notes } = await openAndLook(folder);
    expect(found).toEqual(parts);
    expect(notes).toHaveLength(parts.runs.length);
    for (const { id } of parts.runs)
      expect(notes).toContain(`Run ${id} is put back as its file has it: the database had lost it`);
  });

  test("a run that was put back goes on", async () => {
    const { folder, parts } = await closedFolder();
    Deno.removeSync(database(folder));
    const notes: string[] = [];
    const state = await openState(folder, { now: testClock().now, onNote: (note) => notes.push(note) });
    await finishRun(state);
    expect(state.runs.get(parts.runs.at(-1)!.id)).toMatchObject({ state: "finished", name: "queued 🛡️" });
    const again = { idempotencyKey: "key-1" };
    expect((await state.runs.create(submission("finished", again))).created).toBe(false);
    state.close();
  });

  test("a run's damaged or missing file is written again from the database", async () => {
    const { folder, parts } = await closedFolder();
    const [first, second] = parts.runs.map(({ id }) => `${folder}/runs/${id}.json`) as [string, string];
    const whole = [first, second].map(textOf);
    change(first, (bytes) => flipped(bytes, 200, 3));
    Deno.removeSync(second);
    expect((await openAndLook(folder)).parts).toEqual(parts);
    expect([first, second].map(textOf)).toEqual(whole);
  });

  test.each([
    ["with a flipped bit", (bytes: Uint8Array) => flipped(bytes, 300, 2)],
    ["cut short", (bytes: Uint8Array) => bytes.slice(0, -1)],
    ["empty", () => new Uint8Array()],
    ["of another run", (bytes: Uint8Array) => bytes],
  ])("a run's file %s, where the database is gone too, is told and left as it is", async (kind, how) => {
    const { folder, parts } = await closedFolder();
    const [lost, ...rest] = parts.runs;
    const path = `${folder}/runs/${lost!.id}.json`;
    if (kind === "of another run") Deno.copyFileSync(`${folder}/runs/${rest[0]!.id}.json`, path);
    change(path, how);
    const damaged = textOf(path);
    Deno.removeSync(database(folder));
    const { parts: found, notes } = await openAndLook(folder);
    expect(found.runs).toEqual(rest);
    expect(notes).toContain(`${path} is damaged and its run is not in the database; it is left as it is`);
    expect(textOf(path)).toBe(damaged);
  });

  test("an upload's missing file is written again from the database", async () => {
    const { folder, parts } = await closedFolder();
    const path = `${folder}/uploads/weights-${parts.weights[0]!.sha256}.json`;
    const whole = textOf(path);
    Deno.removeSync(path);
    expect((await openAndLook(folder)).parts).toEqual(parts);
    expect(textOf(path)).toBe(whole);
  });

  test.each([
    ["a flipped bit", (bytes: Uint8Array) => flipped(bytes, bytes.length - 20, 0)],
    ["its end missing", (bytes: Uint8Array) => bytes.slice(0, -5)],
  ])("an upload's file with %s, where the database is gone too, is told and not believed", async (_, how) => {
    const { folder, parts } = await closedFolder();
    const path = `${folder}/uploads/weights-${parts.weights[0]!.sha256}.json`;
    change(path, how);
    Deno.removeSync(database(folder));
    const { parts: found, notes } = await openAndLook(folder);
    expect(found).toEqual({ ...parts, weights: [], references: found.references });
    expect(notes.filter((note) => note.includes(path))).toHaveLength(1);
  });
});

describe("a state that was damaged by an unclean stop", () => {
  test.each([
    ["gone", () => null],
    ["empty", () => new Uint8Array()],
    ["cut to its head", (log: Uint8Array) => log.slice(0, 32)],
    ["cut in half", (log: Uint8Array) => log.slice(0, log.length / 2)],
    ["cut within its last page", (log: Uint8Array) => log.slice(0, -100)],
    ["changed near its end", (log: Uint8Array) => flipped(log, log.length - 50, 1)],
    ["changed at its beginning", (log: Uint8Array) => flipped(log, 40, 1)],
    ["other bytes", (log: Uint8Array) => garbage(log.length)],
  ])("a log that is %s costs no run", async (_, how) => {
    const { folder, parts } = await crashedFolder();
    const path = `${database(folder)}-wal`;
    const changed = how(Deno.readFileSync(path));
    if (changed === null) Deno.removeSync(path);
    else Deno.writeFileSync(path, changed);
    expect((await openAndLook(folder)).parts).toEqual(parts);
    expect(await openAndLook(folder)).toEqual({ parts, notes: [] });
  });

  test.each([
    ["other bytes", (bytes: Uint8Array) => garbage(bytes.length)],
    ["text", () => new TextEncoder().encode("This is no database.\n".repeat(1000))],
    ["empty", () => new Uint8Array()],
    ["gone", () => null],
  ])("a database that is %s costs no run", async (_, how) => {
    const { folder, parts } = await crashedFolder();
    // So that not all is in the log alone.
    const sqlite = openSqlite(database(folder));
    sqlite.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    sqlite.close();
    const changed = how(Deno.readFileSync(database(folder)));
    if (changed === null) Deno.removeSync(database(folder));
    else Deno.writeFileSync(database(folder), changed);
    const { parts: found, notes } = await openAndLook(folder);
    expect(found).toEqual(parts);
    expect(notes.length).toBeGreaterThanOrEqual(parts.runs.length);
  });

  test("a table whose pages are mixed up is noticed", async () => {
    const { folder, parts } = await crashedFolder();
    const sqlite = openSqlite(database(folder));
    sqlite.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    const [runs, tasks] = ["runs", "tasks"].map((table) =>
      Number(sqlite.one("SELECT rootpage FROM sqlite_schema WHERE name = ?", table)!.rootpage),
    ) as [number, number];
    sqlite.close();
    change(database(folder), (bytes) => {
      const page = (number: number) => bytes.subarray(4096 * (number - 1), 4096 * number);
      const before = page(runs).slice();
      page(runs).set(page(tasks));
      page(tasks).set(before);
      return bytes;
    });
    const { parts: found, notes } = await openAndLook(folder);
    expect(notes[0]).toMatch(/was damaged/);
    expect(found).toEqual(parts);
  });
});

describe("a state that several open", () => {
  test("is put right by one before any other looks", async () => {
    const { folder, parts } = await closedFolder();
    Deno.removeSync(database(folder));
    const notes: string[] = [];
    const look = async () => {
      const state = await openState(folder, { now: testClock().now, onNote: (note) => notes.push(note) });
      return { state, found: lastingParts(state) };
    };
    const opened = await Promise.all([look(), look(), look()]);
    for (const { found } of opened) expect(found).toEqual(parts);
    expect(notes).toHaveLength(parts.runs.length);
    for (const { state } of opened) state.close();
  });

  test("is opened anew by who comes while the last one closes", async () => {
    const { folder, parts } = await closedFolder();
    // As the last one does: it holds the lock alone until it has written the seal.
    const closing = await Deno.open(`${folder}/gambeson.db.lock`, { read: true, write: true });
    await closing.lock(true);
    const sealed = textOf(seal(folder));
    Deno.removeSync(seal(folder));
    const coming = openQuietly(folder);
    await new Promise((resolve) => setTimeout(resolve, 100));
    Deno.writeTextFileSync(seal(folder), sealed);
    closing.close();
    const { state } = await coming;
    expect(hasSeal(folder)).toBe(false);
    await submit(state, "new");
    const crashed = copyOf(folder);
    state.close();
    const { parts: found, notes } = await openAndLook(crashed);
    expect(notes).toEqual([]);
    expect(found.runs).toHaveLength(parts.runs.length + 1);
  });
});

describe("a folder that cannot be a state", () => {
  test("of a newer Gambeson is refused, and left as it is", async () => {
    const { folder } = await closedFolder();
    const sqlite = openSqlite(database(folder));
    sqlite.exec("PRAGMA user_version = 99");
    sqlite.close();
    Deno.removeSync(seal(folder));
    const before = Deno.readFileSync(database(folder));
    await expect(openAndLook(folder)).rejects.toThrow(
      /version must be at most \d+: current value is 99; it is of a newer/,
    );
    expect(setAside(folder)).toEqual([]);
    expect(Deno.readFileSync(database(folder))).toEqual(before);
    await expect(openAndLook(folder)).rejects.toThrow(/newer Gambeson/);
  });

  test("under a file is refused in one line", async () => {
    const folder = temporaryFolder();
    Deno.writeTextFileSync(`${folder}/file`, "");
    await expect(openAndLook(`${folder}/file/state`)).rejects.toThrow(
      /^Cannot keep runs in .*file\/state as what stands above it must be a folder: current value is ".*"$/,
    );
  });
});
