import { expect, test } from "vitest";
import { openMemoryState } from "./open-state.ts";
import { claim, done, finishPreparing, hash, submit } from "./testing/example-runs.ts";

test("what gave an artefact that is gone is done again, and what needs it after that", async () => {
  const state = openMemoryState({ now: () => 1_000_000 });
  const run = await submit(state, "one");
  await finishPreparing(state, claim(state));
  await state.queue.finish(claim(state), done("train", { weights: hash("a") }));
  await state.queue.finish(claim(state), done("train", { weights: hash("b") }));
  const last = claim(state);
  expect(last.task).toBe("last");

  expect(state.queue.redo(last, hash("a"))).toBe(true);
  const states = () => Object.fromEntries(state.runs.get(run)!.tasks.map((task) => [task.id, task.state]));
  expect(states()).toEqual({ prepare: "finished", left: "waiting", right: "finished", last: "waiting" });
  expect(state.runs.output(run, "left", "weights")).toBeNull();
  expect(state.events.after(0, { limit: 100, run }).at(-1)).toMatchObject({
    kind: "task-failed",
    task: "left",
    message: "what it gave is gone; it is done again",
    willRetry: true,
  });

  const again = claim(state);
  expect(again.task).toBe("left");
  await state.queue.finish(again, done("train", { weights: hash("a") }));
  expect(claim(state).task).toBe("last");
});

test("an artefact that no task of the run gave cannot be made again", async () => {
  const state = openMemoryState({ now: () => 1_000_000 });
  await submit(state, "one");
  const first = claim(state);
  expect(state.queue.redo(first, hash("a"))).toBe(false);
  state.queue.renew(first);
});
