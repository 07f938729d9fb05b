import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { openMemoryDatabase } from "./open-database.ts";
import { openState } from "./open-state.ts";
import { createRunBook } from "./run-book.ts";
import { createEventLog } from "./event-log.ts";
import { createLibrary } from "./library.ts";
import type { State } from "./state.ts";
import { submission, submit } from "./testing/example-runs.ts";

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
