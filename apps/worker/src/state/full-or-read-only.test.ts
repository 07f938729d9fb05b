import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { isStorageError } from "../disk/storage-error.ts";
import { ChildProgram } from "../testing/child-program.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { createEventLog } from "./event-log.ts";
import { createLibrary } from "./library.ts";
import { openMemoryDatabase } from "./open-database.ts";
import { createQueue } from "./queue.ts";
import { createRunBook } from "./run-book.ts";
import { claim, finishPreparing, submission, submit, testClock } from "./testing/example-runs.ts";
import { closedFolder } from "./testing/filled-state.ts";

const PROGRAM = fileURLToPath(new URL("./testing/state-program.ts", import.meta.url));

interface Said {
  readonly refused?: string;
  readonly isStorage?: boolean;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly created?: boolean;
  readonly runs?: number;
}

/** Runs the state program under a mount of its own on its folder. @returns Null, and says so, where this machine allows none. */
async function runMounted(thing: string, folder: string, mount: string): Promise<readonly Said[] | null> {
  const before = ["unshare", "-Urm", "sh", "-c", `${mount} && exec "$@"`, folder];
  const { code, lines, stderr } = await new ChildProgram(PROGRAM, [thing, folder], before).end();
  if (code === 0) return lines.map((line) => JSON.parse(line) as Said);
  if (!/^(unshare|mount):/.test(stderr)) throw new Error(stderr);
  console.warn(`no file system could be mounted here: ${stderr.trim()}`);
  return null;
}

/** A state whose database may not grow past what it is now. */
function stateInFullDatabase() {
  const db = openMemoryDatabase();
  const { now } = testClock();
  const [events, library] = [createEventLog(db, now), createLibrary(db, null)];
  const done = () => Promise.resolve();
  const files = { keep: done, keepMissing: done, reconcile: done };
  return {
    runs: createRunBook(db, { events, library, files, now, mostActive: 1000 }),
    queue: createQueue(db, { events, files, now, leaseMs: 1000, mostAttempts: 3 }),
    events,
    library,
    isInPlace: () => true,
    close: db.close,
    fill: () => {
      db.exec("PRAGMA max_page_count = 1"); // That is: as many as there are.
    },
    makeRoom: () => {
      db.exec("PRAGMA max_page_count = 1000000");
    },
  };
}

test("a full database refuses with an error of storage, changes nothing, and goes on once there is room", async () => {
  const state = stateInFullDatabase();
  const run = await submit(state, "first");
  await finishPreparing(state, claim(state));
  const left = claim(state);
  state.fill();
  const look = () => [
    state.runs.get(run),
    state.runs.counts(),
    state.events.lastId(),
    state.library.weights(),
  ];
  const long = "x".repeat(10_000);
  const refused: Readonly<Record<string, () => unknown>> = {
    create: () => state.runs.create(submission("second", { notes: long })),
    change: () => state.runs.change(run, { notes: long }),
    progress: () => {
      state.queue.progress(left, 0.5, long);
    },
    fail: () => state.queue.fail(left, long),
    addWeights: () =>
      state.library.addWeights({ sha256: "0".repeat(64), name: long, bytes: 1, sizes: [], uploadedAt: "" }),
  };
  for (const [name, write] of Object.entries(refused)) {
    const before = look();
    const error: unknown = await (async () => {
      await write();
    })().catch((thrown: unknown) => thrown);
    expect(isStorageError(error), `${name}: ${String(error)}`).toBe(true);
    expect(look(), name).toEqual(before);
  }
  state.makeRoom();
  await state.queue.fail(left, long);
  await submit(state, "second");
  expect(state.runs.get(run)!.tasks[1]).toMatchObject({ state: "failed", error: long });
  state.close();
});

test("a disk that fills up refuses with an error of storage, changes nothing, and goes on once there is room", async () => {
  const folder = temporaryFolder();
  // A disk of 1 MB in the folder's place, in a mount namespace of its own.
  const said = await runMounted("fill", folder, 'mount -t tmpfs -o size=1m none "$0"');
  if (said === null) return;
  const [full, again] = said;
  expect(full).toMatchObject({ isStorage: true, created: true, runs: 2 });
  expect(full!.after).toEqual(full!.before);
  expect(again).toEqual({ runs: 2 });
});

test("a folder that may only be read is refused in one line, and left as it is", async () => {
  const { folder } = await closedFolder();
  const database = Deno.readFileSync(`${folder}/gambeson.db`);
  const said = await runMounted("look", folder, 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0"');
  if (said === null) return;
  expect(said).toHaveLength(1);
  expect(said[0]!.refused).toMatch(
    /^Error: Cannot keep runs in .* as the disk must be writable: current value is "/,
  );
  expect(said[0]!.isStorage).toBe(true);
  expect(Deno.readFileSync(`${folder}/gambeson.db`)).toEqual(database);
});
