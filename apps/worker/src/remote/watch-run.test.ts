import type { Run, ServerEvent } from "@gambeson/contract";
import { expect, test } from "vitest";
import { smallResult } from "../serve/testing/small-result.ts";
import { resultTable } from "../terminal/result-table.ts";
import { watchCommand } from "./watch-command.ts";
import { fakeHost, fakeRemote, streamOf } from "./testing/fake-remote.ts";
import { ID, listOf, sampleRun, sampleTask } from "./testing/sample-run.ts";

type Untold<E> = E extends ServerEvent ? Omit<E, "id" | "at" | "run"> : never;
const told = (id: number, event: Untold<ServerEvent>) =>
  ({ id, at: "2026-01-01T12:00:00.000Z", run: ID, ...event }) as ServerEvent;
const EPOCH = {
  epoch: 5,
  loss: 0.3,
  regulariser: null,
  trainAccuracy: { count: 9, of: 10 },
  testAccuracy: { count: 7, of: 8 },
  capped: null,
  unfooled: null,
};
const TASKS = [
  sampleTask("a", { state: "finished", seconds: 12.34, epochs: [EPOCH] }),
  sampleTask("b", { state: "running", share: 0.5, note: "epoch 3/5" }),
  sampleTask("c"),
];
const RUNNING = sampleRun({ state: "running", tasks: TASKS, share: 0.4, eventId: 5 });
const EVENTS: readonly ServerEvent[] = [
  told(6, { kind: "task-progress", task: "b", share: 0.6, note: "epoch 4/5", runShare: 0.45 }),
  told(7, { kind: "epoch-finished", task: "b", metrics: EPOCH }),
  told(8, {
    kind: "task-finished",
    task: "b",
    title: "Training b",
    seconds: 3,
    reused: false,
    runShare: 0.6,
  }),
  told(9, { kind: "task-started", task: "c", title: "Training c", attempt: 1, runShare: 0.6 }),
  told(10, {
    kind: "task-failed",
    task: "c",
    title: "Training c",
    message: "its worker died",
    willRetry: true,
  }),
  told(11, { kind: "task-started", task: "c", title: "Training c", attempt: 2, runShare: 0.6 }),
  told(12, {
    kind: "task-finished",
    task: "c",
    title: "Training c",
    seconds: 65,
    reused: false,
    runShare: 1,
  }),
];
const CHANGED = (state: Run["state"]) => told(13, { kind: "run-changed", state });

/** A server on which the run is `before`, then `after` once its stream has told `events`. */
function remote(before: Run, events: readonly ServerEvent[], after: Run) {
  let asked = 0;
  const lastIds: (string | null)[] = [];
  const answers = {
    "GET /api/v1/runs": listOf([before]),
    [`GET /api/v1/runs/${ID}`]: () => (asked++ === 0 ? before : after),
    [`GET /api/v1/runs/${ID}/result.json`]: smallResult(),
    "GET /readyz": { status: "waiting", workers: 0, queued: 1, running: 0 },
    "GET /api/v1/events": ({ headers }: Request) => {
      lastIds.push(headers.get("last-event-id"));
      return streamOf(events.filter(({ id }) => id > Number(headers.get("last-event-id"))));
    },
  };
  return { ...fakeRemote(answers), lastIds };
}

test("watch shows what is done already, what comes, and the table", async () => {
  const { address, lastIds } = remote(RUNNING, [...EVENTS, CHANGED("finished")], {
    ...RUNNING,
    state: "finished",
  });
  const { host, written } = fakeHost();
  await watchCommand(undefined, { server: address }, host);
  expect(written.stderr).toBe(
    [
      `Watching Report (${ID}); Ctrl-C stops the watching alone`,
      "[1/3] Training a: 12.3 s, test accuracy 87.5 %",
      "[2/3] Training b: 3.0 s, test accuracy 87.5 %",
      "✗ Training c failed: its worker died; another worker takes it up",
      "[3/3] Training c: 1 min 05 s",
      "",
    ].join("\n"),
  );
  expect(written.stdout).toBe(
    `\n${resultTable(smallResult())}\n\nWrite it to a folder with: npm run gambeson -- export ${ID} --out <dir>\n`,
  );
  expect(lastIds).toEqual(["5"]);
});

test("a connection that breaks is told, and nothing is missed or told twice", async () => {
  let streams = 0;
  const { address } = fakeRemote({
    [`GET /api/v1/runs/${ID}`]: () => (streams < 2 ? RUNNING : { ...RUNNING, state: "finished" }),
    [`GET /api/v1/runs/${ID}/result.json`]: smallResult(),
    "GET /api/v1/events": ({ headers }: Request) => {
      streams++;
      const last = Number(headers.get("last-event-id"));
      return streamOf(
        streams === 1 ? EVENTS.slice(0, 4) : [...EVENTS, CHANGED("finished")].filter(({ id }) => id > last),
      );
    },
  });
  const { host, written } = fakeHost();
  await watchCommand(ID, { server: address }, host);
  expect(written.stderr.split("\n").slice(2, 7)).toEqual([
    "[2/3] Training b: 3.0 s, test accuracy 87.5 %",
    expect.stringMatching(/^Note: the connection was lost; trying again/),
    "Note: connected again",
    "✗ Training c failed: its worker died; another worker takes it up",
    "[3/3] Training c: 1 min 05 s",
  ]);
});

test.each(["failed", "cancelled"] as const)("watch ends with an error where the run is %s", async (state) => {
  const after = sampleRun({ state, error: state === "failed" ? "Training c\nfailed" : null });
  const { address } = remote(sampleRun(), [CHANGED(state)], after);
  const { host, written } = fakeHost();
  await expect(watchCommand(ID, { server: address }, host)).rejects.toThrow(
    `Cannot show a result as Report (${ID}) must have finished: current value is ${state}` +
      `${state === "failed" ? ": Training c failed" : ""}; go on with: npm run gambeson -- retry ${ID}`,
  );
  // A worker may be about to come: nobody is told to start one at once.
  expect(written.stderr).not.toContain("Queued");
  expect(written.stdout).toBe("");
});

test("watch --json gives the server's events, and last the run", async () => {
  const { address } = remote(RUNNING, [...EVENTS, CHANGED("finished")], { ...RUNNING, state: "finished" });
  const { host, written } = fakeHost();
  await watchCommand(ID, { server: address, json: true }, host);
  const lines = written.stdout.trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    ...EVENTS,
    CHANGED("finished"),
    { kind: "run-ended", run: { ...RUNNING, state: "finished" } },
  ]);
  expect(written.stderr).toBe("");
});

test("a run that is deleted meanwhile ends it with an error", async () => {
  const { address } = remote(RUNNING, [told(6, { kind: "run-deleted" })], RUNNING);
  await expect(watchCommand(ID, { server: address }, fakeHost().host)).rejects.toThrow(
    `Cannot watch Report (${ID}) as it must be there: current value is deleted`,
  );
});

test("Ctrl-C stops the watching alone", async () => {
  const stop = new AbortController();
  const reason = new Error("Ctrl-C");
  const { address, asked } = remote(RUNNING, EVENTS, RUNNING);
  const { host } = fakeHost({}, stop.signal);
  const watching = watchCommand(ID, { server: address }, host);
  setTimeout(() => {
    stop.abort(reason);
  }, 50);
  await expect(watching).rejects.toBe(reason);
  expect(asked.filter((request) => !request.startsWith("GET "))).toEqual([]);
});
