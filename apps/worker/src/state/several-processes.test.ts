import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { ChildProgram } from "../testing/child-program.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { openState } from "./open-state.ts";
import { submit } from "./testing/example-runs.ts";

const PROGRAM = fileURLToPath(new URL("./testing/state-program.ts", import.meta.url));
const RUNS = 15;
const WORKERS = ["worker-1", "worker-2", "worker-3"];

interface Done {
  readonly run: string;
  readonly task: string;
  readonly attempt: number;
}

const run = (what: string, folder: string, name = "") => new ChildProgram(PROGRAM, [what, folder, name]);
const isSealed = (folder: string) =>
  /^[0-9a-f]{64}\n$/.test(Deno.readTextFileSync(`${folder}/gambeson.db.sha256`));

function open(folder: string) {
  return openState(folder, {
    now: Date.now,
    onNote: (message) => {
      throw new Error(message);
    },
  });
}

test("workers in several processes do each of 60 tasks once", async () => {
  const folder = temporaryFolder();
  const state = await open(folder);
  const runs: string[] = [];
  for (let number = 0; number < RUNS; number++) runs.push(await submit(state, `run ${number}`));
  const workers = WORKERS.map((name) => run("work", folder, name));
  const done: Done[][] = [];
  for (const worker of workers) {
    const { code, lines, stderr } = await worker.end();
    expect(stderr).toBe("");
    expect(code).toBe(0);
    const said = lines.map((line) => JSON.parse(line) as Done | { finished: unknown });
    const tasks = said.filter((each): each is Done => "task" in each);
    if (tasks.length > 0) done.push(tasks);
    expect(said.at(-1)).toEqual({ finished: { finished: RUNS } });
  }
  expect(done.length).toBeGreaterThan(1);
  const expected = runs.flatMap((id) =>
    ["prepare", "left", "right", "last"].map((task) => `${id} ${task} 1`),
  );
  expect(
    done
      .flat()
      .map(({ run, task, attempt }) => `${run} ${task} ${attempt}`)
      .sort(),
  ).toEqual(expected.sort());
  const told = state.events.after(0, { limit: 1000 });
  expect(told.filter(({ kind }) => kind === "task-finished")).toHaveLength(4 * RUNS);
  expect(told.map(({ id }) => id)).toEqual(told.map((_, index) => index + 1));
  state.close();
  expect(isSealed(folder)).toBe(true);
});

test("two processes see what the other does; one that is killed takes nothing with it", async () => {
  const folder = temporaryFolder();
  const state = await open(folder);
  const mine = await submit(state, "mine");
  const other = run("hold", folder, "theirs");
  const { run: theirs } = JSON.parse(await other.line()) as { run: string };
  expect(state.runs.get(theirs)).toMatchObject({ name: "theirs", state: "queued" });
  const { lines } = await run("look", folder).end();
  expect(lines).toEqual(['{"runs":2}']);
  await other.crash();
  await state.runs.cancel(theirs);
  state.close();
  expect(isSealed(folder)).toBe(true);
  const again = await open(folder);
  expect(again.runs.get(mine)).toMatchObject({ name: "mine", state: "queued" });
  expect(again.runs.get(theirs)).toMatchObject({ state: "cancelled" });
  again.close();
});

test("what a process acknowledged is there after it was killed", async () => {
  const folder = temporaryFolder();
  for (let time = 1; time <= 3; time++) {
    const child = run("hold", folder, `run ${time}`);
    await child.line();
    await child.crash();
  }
  expect(isSealed(folder)).toBe(false);
  const state = await open(folder);
  expect(state.runs.counts().runs).toEqual({ queued: 3 });
  state.close();
});
