import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { openMemoryDatabase } from "./open-database.ts";
import { checkedFile, readChecked } from "./checked-file.ts";
import { openMemoryState, openState } from "./open-state.ts";
import { createRunBook } from "./run-book.ts";
import { createEventLog } from "./event-log.ts";
import { createLibrary } from "./library.ts";
import type { State } from "./state.ts";
import { claim, finishRun, STRANGER, submission, submit } from "./testing/example-runs.ts";

const LIST = { sort: "created", order: "asc", limit: 50 } as const;
const NOW = Date.UTC(2026, 0, 1);

async function opened(folder: string, nowMs = NOW): Promise<{ state: State; notes: string[] }> {
  const notes: string[] = [];
  const state = await openState(folder, { now: () => nowMs, onNote: (note) => notes.push(note) });
  return { state, notes };
}

/** The folder as it would be after a power cut: of a state that is open. */
function powerCut(folder: string): string {
  const copy = temporaryFolder();
  for (const name of ["gambeson.db", "gambeson.db-wal", "gambeson.db.sha256"])
    Deno.copyFileSync(`${folder}/${name}`, `${copy}/${name}`);
  Deno.mkdirSync(`${copy}/runs`);
  for (const { name, isFile } of Deno.readDirSync(`${folder}/runs`))
    if (isFile) Deno.copyFileSync(`${folder}/runs/${name}`, `${copy}/runs/${name}`);
  return copy;
}

test("a run that was deleted stays deleted, also where the database has lost that", async () => {
  const folder = temporaryFolder();
  const { state } = await opened(folder);
  const id = await submit(state, "one");
  await state.runs.cancel(id);
  state.close();
  const before = Deno.readFileSync(`${folder}/gambeson.db`);
  const { state: again } = await opened(folder);
  await again.runs.remove(id);
  const copy = powerCut(folder);
  again.close();
  Deno.writeFileSync(`${copy}/gambeson.db`, before);
  Deno.truncateSync(`${copy}/gambeson.db-wal`, 0);
  const { state: late } = await opened(copy);
  expect(late.runs.get(id)).toBeNull();
  late.close();
});

test("after an unclean stop, a cell that is not as the run's file has it is put back", async () => {
  const folder = temporaryFolder();
  const { state } = await opened(folder);
  const id = await submit(state, "Honest");
  const copy = powerCut(folder);
  state.close();
  const db = new DatabaseSync(`${copy}/gambeson.db`);
  db.exec("UPDATE runs SET name = 'Honesu', code = 'code-2'");
  db.close();
  const { state: again, notes } = await opened(copy);
  expect(again.runs.get(id)).toMatchObject({ name: "Honest", code: "code-1" });
  expect(notes).toEqual([
    `Run ${id} had a damaged name, code in the database; it is put back as its file has it`,
  ]);
  again.close();
});

test("after an unclean stop, no event gets an id that another may have had", async () => {
  const folder = temporaryFolder();
  const { state } = await opened(folder);
  await submit(state, "one");
  const copy = powerCut(folder);
  const last = state.events.lastId();
  state.close();
  const { state: again } = await opened(copy, NOW + 5000);
  await submit(again, "two");
  expect(again.events.lastId()).toBe(NOW + 5001);
  expect(again.events.lastId()).toBeGreaterThan(last);
  again.close();
  // After a clean one they go on as they were.
  const { state: next } = await opened(copy, NOW + 9000);
  await submit(next, "three");
  expect(next.events.lastId()).toBe(NOW + 5002);
  next.close();
});

test("a run whose file cannot be written is none", async () => {
  const db = openMemoryDatabase();
  const events = createEventLog(db, () => NOW);
  const full = new Error("no room");
  const done = () => Promise.resolve();
  const files = { keep: () => Promise.reject(full), keepMissing: done, reconcile: done };
  const runs = createRunBook(db, {
    events,
    files,
    library: createLibrary(db, null),
    now: () => NOW,
    mostActive: 10,
  });
  await expect(runs.create(submission("one"))).rejects.toThrow(full);
  expect(runs.counts().runs).toEqual({});
  expect(events.after(0, { limit: 10 }).map(({ kind }) => kind)).toEqual(["run-created", "run-deleted"]);
  db.close();
});

test("a deleted run whose key another has by now does not keep a state from opening", async () => {
  const folder = temporaryFolder();
  const { state } = await opened(folder);
  const first = await submit(state, "one", { idempotencyKey: "nightly" });
  await state.runs.cancel(first);
  const file = Deno.readFileSync(`${folder}/runs/${first}.json`);
  await state.runs.remove(first);
  const second = await submit(state, "two", { idempotencyKey: "nightly" });
  state.close();
  // As if it had been killed between the database and the file.
  Deno.removeSync(`${folder}/runs/${first}.deleted`);
  Deno.writeFileSync(`${folder}/runs/${first}.json`, file);
  const { state: again } = await opened(folder);
  expect(again.runs.counts().runs).toEqual({ cancelled: 1, queued: 1 });
  expect(await submitAgain(again)).toBe(second);
  again.close();
});

async function submitAgain(state: State): Promise<string> {
  return (await state.runs.create(submission("two", { idempotencyKey: "nightly" }))).run.id;
}

test("a run's file that does not fit is told of, and the others are put back", async () => {
  const folder = temporaryFolder();
  const { state } = await opened(folder);
  const [good, bad] = [await submit(state, "good"), await submit(state, "bad")];
  state.close();
  const path = `${folder}/runs/${bad}.json`;
  const text = readChecked(Deno.readFileSync(path))!.replace('"state": "queued"', '"state": "dreaming"');
  Deno.writeFileSync(path, checkedFile(text));
  Deno.removeSync(`${folder}/gambeson.db`);
  const { state: again, notes } = await opened(folder);
  expect(again.runs.list(LIST).runs.map(({ id }) => id)).toEqual([good]);
  expect(notes.join("\n")).toContain(`Run ${bad} cannot be put back from its file, which is left as it is: `);
  again.close();
});

test("a database that was rewritten while it was closed keeps its events", async () => {
  const folder = temporaryFolder();
  const { state } = await opened(folder);
  const id = await submit(state, "one");
  const events = state.events.after(0, { limit: 10 });
  state.close();
  const db = new DatabaseSync(`${folder}/gambeson.db`);
  db.exec("PRAGMA journal_mode = DELETE; VACUUM");
  db.close();
  const { state: again, notes } = await opened(folder);
  expect(notes[0]).toContain("it is not as it was when it was closed");
  expect(again.events.after(0, { limit: 10 })).toEqual(events);
  expect(again.runs.get(id)).toMatchObject({ name: "one" });
  again.close();
});

test("somebody who reads while the last process closes is no damage", async () => {
  const folder = temporaryFolder();
  const { state } = await opened(folder);
  await submit(state, "one");
  const reader = new DatabaseSync(`${folder}/gambeson.db`, { readOnly: true });
  reader.exec("BEGIN");
  reader.prepare("SELECT count(*) FROM events").get();
  await submit(state, "two");
  state.close();
  reader.exec("ROLLBACK");
  reader.close();
  const { state: again, notes } = await opened(folder);
  expect(notes).toEqual([]);
  expect(again.events.after(0, { limit: 10 })).toHaveLength(2);
  again.close();
});

test("a state whose folder was moved says so", async () => {
  const folder = `${temporaryFolder()}/state`;
  const { state } = await opened(folder);
  expect(state.isInPlace()).toBe(true);
  Deno.renameSync(folder, `${folder}-elsewhere`);
  expect(state.isInPlace()).toBe(false);
  Deno.mkdirSync(folder);
  Deno.writeTextFileSync(`${folder}/gambeson.db`, "");
  expect(state.isInPlace()).toBe(false);
  Deno.removeSync(folder, { recursive: true });
  Deno.renameSync(`${folder}-elsewhere`, folder);
  expect(state.isInPlace()).toBe(true);
  state.close();
});

test("what of a finished run is gone is made again by a retry, and its code is that of who made it", async () => {
  let nowMs = NOW;
  const state = openMemoryState({ now: () => nowMs, leaseMs: 60_000 });
  const id = await submit(state, "one");
  await finishRun(state);
  expect(state.runs.get(id)).toMatchObject({ state: "finished", code: "code-1" });
  expect(new Set(state.runs.outputs(id)).size).toBeGreaterThan(1);
  await expect(state.runs.retry(id)).rejects.toMatchObject({ code: "RUN_STATE" });
  expect(await state.runs.retry(id, { isIncomplete: true })).toMatchObject({
    state: "queued",
    resultSha256: null,
  });

  const held = claim(state);
  nowMs += 15_000; // Longer than a worker may be silent; its lease still holds.
  state.queue.greet(STRANGER);
  expect(state.queue.claim(STRANGER)).toBeNull();
  state.queue.giveBack(held);
  nowMs += 15_000;
  expect(claim(state, STRANGER)).toMatchObject({ task: "prepare" });
  expect(state.runs.get(id)).toMatchObject({ code: "code-2" });
});

test("so many tasks that workers would only look through them are not queued", async () => {
  const state = openMemoryState({ now: () => NOW });
  const task = (index: number) => ({ id: `task-${index}`, kind: "train", title: "", needs: [], cost: 1 });
  const tasks = (count: number) => Array.from({ length: count }, (_, index) => task(index));
  await submit(state, "large", { tasks: tasks(12_000) });
  await expect(state.runs.create(submission("too much", { tasks: tasks(8001) }))).rejects.toMatchObject({
    code: "TOO_MANY_RUNS",
  });
  await submit(state, "just so", { tasks: tasks(8000) });
});
