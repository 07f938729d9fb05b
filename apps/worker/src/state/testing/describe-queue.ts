import { describe, expect, test } from "vitest";
import { LeaseLostError, type Claim, type State } from "../state.ts";
import {
  claim,
  done,
  ENVIRONMENT,
  epoch,
  exampleDataset,
  finishPreparing,
  finishRun,
  hash,
  SECOND,
  STRANGER,
  submit,
  testClock,
  WORKER,
  type OpenState,
} from "./example-runs.ts";

const LEASE_MS = 1000;
const LIMITS = { leaseMs: LEASE_MS, mostAttempts: 3 };
/** Longer than any lease, and than a worker may be silent. */
const LONG_MS = 60_000;
const alive = () => true;
const dead = () => false;

/** What a worker writes for a claim, each by its name. */
function writesOf({ queue }: State, held: Claim): Readonly<Record<string, () => unknown>> {
  return {
    renew: () => {
      queue.renew(held);
    },
    progress: () => {
      queue.progress(held, 0.5, "half");
    },
    epoch: () => {
      queue.epoch(held, epoch(1, 0.5));
    },
    begin: () => queue.begin(held, hash("e")),
    finish: () => queue.finish(held, done(held.kind)),
    fail: () => queue.fail(held, "no"),
  };
}

/** Every write for a claim is refused, and leaves everything as it is. */
async function expectLost(state: State, held: Claim): Promise<void> {
  const before = [state.runs.get(held.run), state.events.lastId()];
  for (const [name, write] of Object.entries(writesOf(state, held))) {
    const wrote = (async () => {
      await write();
    })();
    await expect(wrote, name).rejects.toThrow(LeaseLostError);
  }
  expect([state.runs.get(held.run), state.events.lastId()]).toEqual(before);
}

const taskOf = (state: State, run: string, id: string) =>
  state.runs.get(run)!.tasks.find((task) => task.id === id)!;
const statesOf = (state: State, run: string) =>
  Object.fromEntries(state.runs.get(run)!.tasks.map((task) => [task.id, task.state]));

/** The contract of a queue, for each implementation. */
export function describeQueue(name: string, open: OpenState): void {
  describe(`the queue of ${name}`, () => {
    describeOrder(open);
    describeLeases(open);
    describeAttempts(open);
    describeFailure(open);
    describeEnd(open);
    describeSameWork(open);
    describeBuilds(open);
  });
}

function describeOrder(open: OpenState): void {
  test("claim() gives the oldest run's tasks first, in the plan's order, each once what it needs is finished", async () => {
    const clock = testClock();
    const state = await open({ now: clock.now, ...LIMITS });
    const first = await submit(state, "first");
    clock.pass(1);
    const second = await submit(state, "second");
    clock.pass(1);
    const prepare = claim(state);
    expect([prepare.run, prepare.task, prepare.index, prepare.of]).toEqual([first, "prepare", 0, 4]);
    const other = claim(state, SECOND);
    expect([other.run, other.task]).toEqual([second, "prepare"]);
    expect(state.queue.claim(WORKER)).toBeNull();

    await finishPreparing(state, prepare);
    // The first run's next tasks come before a younger run's first.
    const third = await submit(state, "third");
    const [left, right] = [claim(state), claim(state, SECOND)];
    expect([left.run, left.task, right.run, right.task]).toEqual([first, "left", first, "right"]);
    expect(claim(state, SECOND)).toMatchObject({ run: third, task: "prepare" });
    expect(state.queue.claim(WORKER)).toBeNull();
    await state.queue.finish(right, done("train", { weights: hash("7") }));
    expect(state.queue.claim(WORKER)).toBeNull();
    await state.queue.finish(left, done("train", { weights: hash("6") }));
    const last = claim(state);
    expect([last.run, last.task, last.index]).toEqual([first, "last", 3]);
  });

  test("claim() tells all that its task needs to know", async () => {
    const clock = testClock();
    const state = await open({ now: clock.now, ...LIMITS });
    const run = await submit(state, "told", { fresh: true });
    const prepare = claim(state);
    expect(prepare).toMatchObject({ fresh: true, attempt: 1, environment: null, dataset: null });
    expect(prepare.config.title).toBe("told");
    expect(prepare.outputs.size).toBe(0);
    await finishPreparing(state, prepare, { config: { ...prepare.config, title: "resolved" } });
    const left = claim(state);
    expect(left).toMatchObject({ run, title: "Training left", kind: "train", environment: ENVIRONMENT });
    expect(left.dataset).toEqual(exampleDataset());
    expect(left.config.title).toBe("resolved");
    expect([...left.outputs]).toEqual([["prepare", done("prepare", { testImages: hash("3") })]]);
  });

  test("claim() leaves alone what it is told to", async () => {
    const state = await open({ now: testClock().now, ...LIMITS });
    const run = await submit(state, "one");
    state.queue.greet(WORKER);
    expect(state.queue.claim(WORKER, new Set([`${run} prepare`]))).toBeNull();
    expect(state.queue.claim(WORKER, new Set([`${run} left`]))?.task).toBe("prepare");
  });

  test("workers() are those that were heard of lately", async () => {
    const clock = testClock();
    const state = await open({ now: clock.now, ...LIMITS });
    state.queue.greet(WORKER);
    const heardAt = clock.now();
    expect(state.queue.workers()).toEqual([{ id: "worker-1", heardAt }]);
    clock.pass(LONG_MS);
    state.queue.greet(SECOND);
    expect(state.queue.workers().map(({ id }) => id)).toEqual(["worker-2"]);
    state.queue.farewell("worker-2");
    expect(state.queue.workers()).toEqual([]);
  });
}

function describeLeases(open: OpenState): void {
  test("a claim is lost when its time has run out, also when nobody else took the task", async () => {
    const clock = testClock();
    const state = await open({ now: clock.now, ...LIMITS });
    await submit(state, "one");
    const held = claim(state);
    clock.pass(LEASE_MS - 1);
    state.queue.renew(held);
    clock.pass(LEASE_MS - 1);
    state.queue.renew(held);
    clock.pass(LEASE_MS);
    await expectLost(state, held);
  });

  test("each report of progress prolongs the lease", async () => {
    const clock = testClock();
    const state = await open({ now: clock.now, ...LIMITS });
    await submit(state, "one");
    const held = claim(state);
    clock.pass(LEASE_MS - 1);
    state.queue.progress(held, 0.1, "on the way");
    clock.pass(LEASE_MS - 1);
    expect(() => {
      state.queue.renew(held);
    }).not.toThrow();
  });

  test("a claim is lost to the worker that has the task now", async () => {
    const clock = testClock();
    const state = await open({ now: clock.now, ...LIMITS });
    await submit(state, "one");
    const slept = claim(state);
    clock.pass(LEASE_MS);
    expect(await state.queue.recover(alive)).toBe(1);
    const now = claim(state, SECOND);
    expect([now.task, now.attempt]).toEqual(["prepare", 2]);
    expect(now.token).not.toBe(slept.token);
    await expectLost(state, slept);
    state.queue.giveBack(slept);
    state.queue.renew(now);
    await finishPreparing(state, now);
    await expectLost(state, now);
  });

  test("recover() takes back the tasks of dead workers at once, and nothing of the living", async () => {
    const clock = testClock();
    const state = await open({ now: clock.now, ...LIMITS });
    const run = await submit(state, "one");
    clock.pass(1);
    await submit(state, "two");
    const [lost, kept] = [claim(state), claim(state, SECOND)];
    expect(await state.queue.recover(alive)).toBe(0);
    const before = state.events.lastId();
    expect(await state.queue.recover((id) => id === SECOND.id)).toBe(1);
    await expectLost(state, lost);
    state.queue.renew(kept);
    expect(taskOf(state, run, "prepare")).toMatchObject({ state: "waiting", attempts: 1, error: null });
    expect(state.events.after(before, { limit: 10 })).toMatchObject([
      { kind: "task-failed", run, task: "prepare", willRetry: true },
    ]);
    expect(await state.queue.recover((id) => id === SECOND.id)).toBe(0);
  });

  test("recover() takes back what a living worker was silent about for too long", async () => {
    const clock = testClock();
    const state = await open({ now: clock.now, ...LIMITS });
    await submit(state, "one");
    claim(state);
    clock.pass(LEASE_MS);
    expect(await state.queue.recover(alive)).toBe(1);
    expect(claim(state, SECOND).task).toBe("prepare");
  });
}

function describeAttempts(open: OpenState): void {
  test("a task that ends its workers has failed after the most attempts, and says why", async () => {
    const state = await open({ now: testClock().now, ...LIMITS });
    const run = await submit(state, "deadly");
    for (const attempt of [1, 2, 3]) {
      expect(claim(state).attempt).toBe(attempt);
      expect(await state.queue.recover(dead)).toBe(1);
    }
    const reason = /its worker died, 3 times of 3/;
    expect(taskOf(state, run, "prepare")).toMatchObject({ state: "failed", attempts: 3 });
    expect(taskOf(state, run, "prepare").error).toMatch(reason);
    expect(state.runs.get(run)).toMatchObject({ state: "failed" });
    expect(state.runs.get(run)!.error).toMatch(/^Preparing: .*its worker died/);
    expect(state.queue.claim(WORKER)).toBeNull();
  });

  test("a task whose workers fall silent has failed as well", async () => {
    const clock = testClock();
    const state = await open({ now: clock.now, leaseMs: LEASE_MS, mostAttempts: 2 });
    const run = await submit(state, "sleepy");
    for (let attempt = 0; attempt < 2; attempt++) {
      claim(state);
      clock.pass(LEASE_MS);
      await state.queue.recover(alive);
    }
    expect(state.runs.get(run)!.error).toMatch(/not heard of in time, 2 times of 2/);
  });

  test("giveBack() counts no attempt", async () => {
    const state = await open({ now: testClock().now, ...LIMITS });
    const run = await submit(state, "patient");
    for (let time = 0; time < 5; time++) {
      const held = claim(state);
      expect(held.attempt).toBe(1);
      state.queue.progress(held, 0.5, "half");
      state.queue.giveBack(held);
      await expectLost(state, held);
    }
    expect(taskOf(state, run, "prepare")).toMatchObject({
      state: "waiting",
      attempts: 0,
      share: 0,
      note: "",
      startedAt: null,
    });
  });
}

function describeFailure(open: OpenState): void {
  test("fail() skips what needs the task, lets the rest go on, and ends the run with the reason", async () => {
    const clock = testClock();
    const state = await open({ now: clock.now, ...LIMITS });
    const run = await submit(state, "unlucky");
    await finishPreparing(state, claim(state));
    const left = claim(state);
    const before = state.events.lastId();
    await state.queue.fail(left, "Cannot train");
    expect(statesOf(state, run)).toEqual({
      prepare: "finished",
      left: "failed",
      right: "waiting",
      last: "skipped",
    });
    expect(state.runs.get(run)).toMatchObject({ state: "running", error: null, finishedAt: null });
    expect(state.events.after(before, { limit: 10 })).toMatchObject([
      { kind: "task-failed", task: "left", message: "Cannot train", willRetry: false },
    ]);
    await expectLost(state, left);

    const right = claim(state);
    expect(right.task).toBe("right");
    clock.pass(5);
    await state.queue.finish(right, done("train"));
    expect(state.runs.get(run)).toMatchObject({
      state: "failed",
      error: "Training left: Cannot train",
      finishedAt: new Date(clock.now()).toISOString(),
      resultSha256: null,
    });
    expect(state.events.after(before, { limit: 10 }).at(-1)).toMatchObject({
      kind: "run-changed",
      state: "failed",
    });
    expect(state.queue.claim(WORKER)).toBeNull();
  });

  test("fail() of a first task skips all others, and the next run goes on", async () => {
    const clock = testClock();
    const state = await open({ now: clock.now, ...LIMITS });
    const run = await submit(state, "unlucky");
    clock.pass(1);
    const next = await submit(state, "lucky");
    await state.queue.fail(claim(state), "No data");
    expect(statesOf(state, run)).toEqual({
      prepare: "failed",
      left: "skipped",
      right: "skipped",
      last: "skipped",
    });
    expect(state.runs.get(run)).toMatchObject({ state: "failed", error: "Preparing: No data" });
    expect(claim(state).run).toBe(next);
  });
}

function describeEnd(open: OpenState): void {
  test("finish() of the last task gives the run its result, once", async () => {
    const clock = testClock();
    const state = await open({ now: clock.now, ...LIMITS });
    const run = await submit(state, "complete");
    const startedAt = new Date(clock.now()).toISOString();
    const first = claim(state);
    clock.pass(10);
    state.queue.giveBack(first);
    await finishRun(state);
    expect(state.runs.get(run)).toMatchObject({
      state: "finished",
      share: 1,
      error: null,
      startedAt,
      finishedAt: new Date(clock.now()).toISOString(),
      resultSha256: hash("5"),
      headline: [{ model: "pretrained", label: "Pre-trained", accuracy: 0.9, rho2: 0.1 }],
      epsilonReference: 0.125,
    });
    expect(new Set(Object.values(statesOf(state, run)))).toEqual(new Set(["finished"]));
    const told = state.events.after(0, { limit: 100 });
    expect(told.filter((event) => event.kind === "task-finished")).toHaveLength(4);
    expect(told.filter((event) => event.kind === "run-changed" && event.state === "finished")).toHaveLength(
      1,
    );
    expect(state.queue.claim(WORKER)).toBeNull();
    expect(await state.queue.recover(dead)).toBe(0);
  });

  test("a finished claim is held no more: it cannot finish, fail or tell again", async () => {
    const state = await open({ now: testClock().now, ...LIMITS });
    await submit(state, "once");
    const held = claim(state);
    await finishPreparing(state, held);
    await expectLost(state, held);
    state.queue.giveBack(held);
    expect(state.runs.output(held.run, "prepare", "testImages")).toBe(hash("3"));
    expect(taskOf(state, held.run, "prepare").state).toBe("finished");
  });

  test("finish() with a preparation gives the run its config, environment, data set and costs", async () => {
    const state = await open({ now: testClock().now, ...LIMITS });
    const run = await submit(state, "prepared");
    const held = claim(state);
    const tasks = [{ id: "left", kind: "train", title: "Training left, again", needs: ["prepare"], cost: 5 }];
    const config = { ...held.config, title: "resolved" };
    await state.queue.finish(held, done("prepare"), {
      preparation: { config, environment: ENVIRONMENT, dataset: exampleDataset("stands in"), tasks },
    });
    expect(state.runs.get(run)).toMatchObject({
      config,
      environment: ENVIRONMENT,
      datasetSummary: exampleDataset("stands in"),
      dataset: "synthetic",
      standIn: true,
    });
    expect(taskOf(state, run, "left")).toMatchObject({ cost: 5, title: "Training left, again" });
    expect(taskOf(state, run, "right")).toMatchObject({ cost: 40, title: "Training right" });
  });

  test("a run's share is its tasks' by their costs", async () => {
    const state = await open({ now: testClock().now, ...LIMITS });
    const run = await submit(state, "shared");
    const share = () => state.runs.get(run)!.share;
    expect(share()).toBe(0);
    await finishPreparing(state, claim(state));
    expect(share()).toBeCloseTo(0.1, 12);
    const left = claim(state);
    state.queue.progress(left, 0.5, "epoch 1/2");
    expect(share()).toBeCloseTo(0.25, 12);
    expect(taskOf(state, run, "left")).toMatchObject({ share: 0.5, note: "epoch 1/2", state: "running" });
    const told = state.events.after(0, { limit: 100 }).findLast(({ kind }) => kind === "task-progress");
    expect(told).toMatchObject({ run, task: "left", share: 0.5, note: "epoch 1/2" });
    expect((told as { runShare: number }).runShare).toBeCloseTo(0.25, 12);
    await state.queue.finish(left, done("train"));
    expect(share()).toBeCloseTo(0.4, 12);
    expect(taskOf(state, run, "left")).toMatchObject({ share: 1, note: "", seconds: 2, reused: false });
  });

  test("of the epochs of a task that began anew the last word on each counts", async () => {
    const state = await open({ now: testClock().now, ...LIMITS });
    const run = await submit(state, "restarted");
    await finishPreparing(state, claim(state));
    const [left, right] = [claim(state), claim(state, SECOND)];
    state.queue.epoch(left, epoch(1, 0.9));
    state.queue.epoch(right, epoch(1, 0.1));
    state.queue.epoch(left, epoch(2, 0.8));
    await state.queue.recover((id) => id === SECOND.id);
    state.queue.epoch(claim(state), epoch(2, 0.7));
    expect(taskOf(state, run, "left").epochs).toEqual([epoch(1, 0.9), epoch(2, 0.7)]);
    expect(taskOf(state, run, "right").epochs).toEqual([epoch(1, 0.1)]);
  });
}

function describeSameWork(open: OpenState): void {
  test("begin() lets one worker at a time do the work of a key", async () => {
    const clock = testClock();
    const state = await open({ now: clock.now, ...LIMITS });
    await submit(state, "one");
    await submit(state, "two");
    const [mine, other] = [claim(state), claim(state, SECOND)];
    expect(state.queue.begin(mine, hash("a"))).toBe(true);
    expect(state.queue.begin(mine, hash("a"))).toBe(true);
    expect(state.queue.begin(other, hash("a"))).toBe(false);
    expect(state.queue.begin(other, hash("b"))).toBe(true);
    state.queue.giveBack(other);
    await finishPreparing(state, mine);
    expect(state.queue.begin(claim(state, SECOND), hash("a"))).toBe(true);
  });

  test("a claim says whether its task's work was begun before", async () => {
    const state = await open({ now: testClock().now, ...LIMITS });
    await submit(state, "one");
    const first = claim(state);
    expect(first.begun).toBe(false);
    state.queue.giveBack(first);
    const second = claim(state);
    expect(second.begun).toBe(false);
    state.queue.begin(second, hash("a"));
    state.queue.giveBack(second);
    expect(claim(state).begun).toBe(true);
  });

  test("begin() does not wait for a worker whose lease has run out", async () => {
    const clock = testClock();
    const state = await open({ now: clock.now, ...LIMITS });
    await submit(state, "one");
    await submit(state, "two");
    expect(state.queue.begin(claim(state), hash("a"))).toBe(true);
    clock.pass(LEASE_MS);
    expect(state.queue.begin(claim(state, SECOND), hash("a"))).toBe(true);
  });
}

function describeBuilds(open: OpenState): void {
  test("a run is left to workers of its build as long as there is one", async () => {
    const clock = testClock();
    const state = await open({ now: clock.now, ...LIMITS });
    const run = await submit(state, "theirs");
    await finishPreparing(state, claim(state));
    state.queue.greet(STRANGER);
    expect(state.queue.claim(STRANGER)).toBeNull();
    clock.pass(5000);
    state.queue.greet(STRANGER);
    expect(state.queue.claim(STRANGER)).toBeNull();
    expect(claim(state, SECOND)).toMatchObject({ run, task: "left" });
  });

  test.each([
    [
      "has said farewell",
      (state: State) => {
        state.queue.farewell(WORKER.id);
      },
    ],
    ["is not heard of any more", () => undefined],
  ])("a run whose build %s is another's, and all of it is done again", async (_, leave) => {
    const clock = testClock();
    const state = await open({ now: clock.now, ...LIMITS });
    const run = await submit(state, "orphan");
    await finishPreparing(state, claim(state), {
      config: { ...state.runs.get(run)!.config, title: "known" },
    });
    const left = claim(state);
    state.queue.epoch(left, epoch(1, 0.5));
    leave(state);
    clock.pass(LONG_MS);

    const again = claim(state, STRANGER);
    expect(again).toMatchObject({ run, task: "prepare", attempt: 1, environment: null });
    expect(again.outputs.size).toBe(0);
    await expectLost(state, left);
    expect(statesOf(state, run)).toEqual({
      prepare: "running",
      left: "waiting",
      right: "waiting",
      last: "waiting",
    });
    expect(taskOf(state, run, "left")).toMatchObject({ attempts: 0, epochs: [] });
    expect(state.runs.output(run, "prepare", "testImages")).toBeNull();
    state.queue.greet(WORKER);
    expect(state.queue.claim(WORKER)).toBeNull();
    await finishPreparing(state, again);
    expect(claim(state, STRANGER)).toMatchObject({ run, task: "left", environment: ENVIRONMENT });
  });

  test("a finished run is never taken up by another build", async () => {
    const clock = testClock();
    const state = await open({ now: clock.now, ...LIMITS });
    const run = await submit(state, "over");
    await finishRun(state);
    state.queue.farewell(WORKER.id);
    clock.pass(LONG_MS);
    state.queue.greet(STRANGER);
    expect(state.queue.claim(STRANGER)).toBeNull();
    expect(state.runs.get(run)!.resultSha256).toBe(hash("5"));
  });
}
