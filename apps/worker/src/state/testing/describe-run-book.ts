import { runIdSchema, runSchema, runSummarySchema } from "@gambeson/contract";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { Refusal } from "../refusal.ts";
import { LeaseLostError, type State } from "../state.ts";
import {
  claim,
  done,
  epoch,
  exampleConfig,
  finishPreparing,
  finishRun,
  hash,
  SECOND,
  submission,
  submit,
  TASKS,
  testClock,
  WORKER,
  type OpenState,
} from "./example-runs.ts";

const UNKNOWN = "r0000000000000000000";
/** Text that is text, whatever it looks like. */
const ODD_TEXTS = [
  "'; DROP TABLE runs; --",
  '<script>alert("1")</script>',
  "🛡️ café \u202E ٣",
  "=1+1",
  'a "quoted" \\ [tag], %_',
  "line\u2028separator",
];

const codeOf = (error: unknown) => (error instanceof Refusal ? error.code : error);
const refusal = (work: Promise<unknown>) => work.then(() => "done", codeOf);

/** The contract of a run book, for each implementation. */
export function describeRunBook(name: string, open: OpenState): void {
  describe(`the runs of ${name}`, () => {
    describeCreation(open);
    describeRepeats(open);
    describeChanges(open);
    describeCancelling(open);
    describeRetrying(open);
    describeRemoving(open);
    describeArtefacts(open);
  });
}

function describeCreation(open: OpenState): void {
  test("create() queues a run with its tasks, as the contract has them, and tells of it", async () => {
    const clock = testClock();
    const state = await open({ now: clock.now });
    const asked = submission("new", { tags: ["a", "b"], notes: "Why", name: "A name" });
    const { run, created } = await state.runs.create(asked);
    expect(created).toBe(true);
    expect(v.parse(runSummarySchema, run)).toEqual(run);
    expect(v.is(runIdSchema, run.id)).toBe(true);
    expect(run).toEqual({
      id: run.id,
      name: "A name",
      state: "queued",
      tags: ["a", "b"],
      notes: "Why",
      createdAt: "2026-01-01T00:00:00.000Z",
      startedAt: null,
      finishedAt: null,
      share: 0,
      error: null,
      dataset: "synthetic",
      standIn: null,
      seeds: 1,
      resultSha256: null,
      headline: null,
      epsilonReference: null,
    });
    const whole = state.runs.get(run.id)!;
    expect(v.parse(runSchema, whole)).toEqual(whole);
    expect(whole).toMatchObject({ ...run, config: asked.config, code: "code-1", environment: null });
    expect(whole.tasks.map(({ id, kind, title, needs, cost }) => ({ id, kind, title, needs, cost }))).toEqual(
      TASKS,
    );
    expect(state.events.after(0, { limit: 10 })).toEqual([
      { id: 1, at: run.createdAt, run: run.id, kind: "run-created", name: "A name" },
    ]);
    expect(whole.eventId).toBe(1);
  });

  test("a run that has begun and one that is over are as the contract has them", async () => {
    const state = await open({ now: testClock().now });
    const id = await submit(state, "whole");
    await finishPreparing(state, claim(state));
    state.queue.epoch(claim(state), epoch(1, 0.5));
    const begun = state.runs.get(id)!;
    expect(v.parse(runSchema, begun)).toEqual(begun);
    await state.queue.recover(() => false);
    await finishRun(state);
    const over = state.runs.get(id)!;
    expect(v.parse(runSchema, over)).toEqual(over);
  });

  test("get() of a run that is not there is null", async () => {
    const state = await open({ now: testClock().now });
    expect(state.runs.get(UNKNOWN)).toBeNull();
    expect(state.runs.get("' OR 1 = 1 --")).toBeNull();
  });

  test("create() refuses what is more than may be active, until one has ended", async () => {
    const state = await open({ now: testClock().now, mostActive: 2 });
    const first = await submit(state, "1");
    await submit(state, "2");
    expect(await refusal(state.runs.create(submission("3")))).toBe("TOO_MANY_RUNS");
    const { created } = await state.runs.create(submission("1"));
    expect(created).toBe(false);
    await state.runs.cancel(first);
    await submit(state, "3");
    expect(await refusal(state.runs.retry(first))).toBe("TOO_MANY_RUNS");
    expect(state.runs.counts().runs).toEqual({ cancelled: 1, queued: 2 });
  });

  test("names, tags and notes are text", async () => {
    const state = await open({ now: testClock().now });
    for (const odd of ODD_TEXTS) {
      const id = await submit(state, odd, { tags: [odd], notes: odd, idempotencyKey: odd });
      expect(state.runs.get(id)).toMatchObject({ name: odd, tags: [odd], notes: odd });
      const changed = await state.runs.change(id, { name: `${odd}!`, tags: [odd, "b"], notes: `${odd}?` });
      expect(changed).toMatchObject({ name: `${odd}!`, tags: [odd, "b"], notes: `${odd}?` });
    }
    expect(state.runs.counts().runs).toEqual({ queued: ODD_TEXTS.length });
  });
}

function describeRepeats(open: OpenState): void {
  test("a key that an earlier run answered belongs to its request all the same", async () => {
    const state = await open({ now: testClock().now });
    const id = await submit(state, "same");
    const asked = submission("same", { idempotencyKey: "key", requestSha256: hash("1") });
    expect(await state.runs.create(asked)).toMatchObject({ created: false, run: { id } });
    expect(await state.runs.create({ ...asked, fresh: true })).toMatchObject({ created: false, run: { id } });
    const other = submission("other", { idempotencyKey: "key", requestSha256: hash("2") });
    await expect(state.runs.create(other)).rejects.toMatchObject({ code: "IDEMPOTENCY_KEY_REUSED" });
  });

  test("the same config and code is answered by the run that is queued, running or finished", async () => {
    const state = await open({ now: testClock().now });
    const id = await submit(state, "same");
    const answer = () => state.runs.create(submission("same", { name: "Another name" }));
    expect(await answer()).toMatchObject({ created: false, run: { id, state: "queued", name: "same" } });
    await finishPreparing(state, claim(state));
    expect(await answer()).toMatchObject({ created: false, run: { id, state: "running" } });
    await finishRun(state);
    expect(await answer()).toMatchObject({ created: false, run: { id, state: "finished" } });
    expect(state.runs.counts().runs).toEqual({ finished: 1 });
    expect(state.events.after(0, { limit: 99 }).filter(({ kind }) => kind === "run-created")).toHaveLength(1);
  });

  test("another code, or a fresh run, is a run of its own", async () => {
    const clock = testClock();
    const state = await open({ now: clock.now });
    const first = await submit(state, "same");
    await finishRun(state);
    clock.pass(1);
    const other = await submit(state, "same", { code: "code-2" });
    clock.pass(1);
    const fresh = await submit(state, "same", { fresh: true });
    expect(new Set([first, other, fresh]).size).toBe(3);
    // What is finished answers rather than what is only queued.
    expect((await state.runs.create(submission("same"))).run.id).toBe(first);
  });

  test("a failed or cancelled run answers nothing", async () => {
    const state = await open({ now: testClock().now });
    const first = await submit(state, "same");
    await state.runs.cancel(first);
    const second = await submit(state, "same");
    await state.queue.fail(claim(state), "no");
    const third = await submit(state, "same");
    expect(new Set([first, second, third]).size).toBe(3);
  });

  test("a result on data that stood in answers nothing; while it is at work it does", async () => {
    const state = await open({ now: testClock().now });
    await submit(state, "same");
    await finishPreparing(state, claim(state), { warning: "The network was not there" });
    expect((await state.runs.create(submission("same"))).created).toBe(false);
    await finishRun(state);
    await submit(state, "same");
  });

  test("the config that a run was resolved to is answered by it", async () => {
    const state = await open({ now: testClock().now });
    const id = await submit(state, "auto");
    await finishRun(state, { config: exampleConfig("resolved") });
    expect(await state.runs.create(submission("resolved"))).toMatchObject({ created: false, run: { id } });
    expect(await state.runs.create(submission("auto"))).toMatchObject({ created: false, run: { id } });
  });

  test("the order of a config's keys does not matter", async () => {
    const state = await open({ now: testClock().now });
    const id = await submit(state, "same");
    const config = exampleConfig("same");
    const turned = Object.fromEntries(Object.entries(config).reverse()) as typeof config;
    expect(Object.keys(turned)).not.toEqual(Object.keys(config));
    expect((await state.runs.create(submission("same", { config: turned }))).run.id).toBe(id);
  });

  test("an idempotency key answers the same request with the same run, and refuses another", async () => {
    const state = await open({ now: testClock().now });
    const key = { idempotencyKey: "key-1", requestSha256: hash("a"), fresh: true };
    const id = await submit(state, "one", key);
    expect(await state.runs.create(submission("one", key))).toMatchObject({ created: false, run: { id } });
    await state.runs.cancel(id);
    expect(await state.runs.create(submission("one", key))).toMatchObject({ created: false, run: { id } });
    const other = submission("two", { ...key, requestSha256: hash("b") });
    expect(await refusal(state.runs.create(other))).toBe("IDEMPOTENCY_KEY_REUSED");
    expect(state.runs.counts().runs).toEqual({ cancelled: 1 });
    await submit(state, "one", { ...key, idempotencyKey: "key-2" });
  });
}

function describeChanges(open: OpenState): void {
  test("change() changes what it names, and tells of it", async () => {
    const state = await open({ now: testClock().now });
    const id = await submit(state, "old", { tags: ["t"], notes: "n" });
    const before = state.events.lastId();
    expect(await state.runs.change(id, { name: "new" })).toMatchObject({
      name: "new",
      tags: ["t"],
      notes: "n",
    });
    expect(await state.runs.change(id, { tags: [], notes: "" })).toMatchObject({
      name: "new",
      tags: [],
      notes: "",
    });
    expect(state.events.after(before, { limit: 10 })).toMatchObject([
      { kind: "run-changed", run: id, state: "queued" },
      { kind: "run-changed", run: id, state: "queued" },
    ]);
  });

  test("what is done to a run that is not there is refused", async () => {
    const state = await open({ now: testClock().now });
    const { runs } = state;
    expect(await refusal(runs.change(UNKNOWN, { name: "x" }))).toBe("RUN_NOT_FOUND");
    expect(await refusal(runs.cancel(UNKNOWN))).toBe("RUN_NOT_FOUND");
    expect(await refusal(runs.retry(UNKNOWN))).toBe("RUN_NOT_FOUND");
    expect(await refusal(runs.remove(UNKNOWN))).toBe("RUN_NOT_FOUND");
    expect(state.events.lastId()).toBe(0);
  });
}

function describeCancelling(open: OpenState): void {
  test("cancel() ends a run that waits", async () => {
    const clock = testClock();
    const state = await open({ now: clock.now });
    const id = await submit(state, "waiting");
    clock.pass(7);
    expect(await state.runs.cancel(id)).toMatchObject({
      state: "cancelled",
      startedAt: null,
      finishedAt: new Date(clock.now()).toISOString(),
    });
    expect(new Set(state.runs.get(id)!.tasks.map((task) => task.state))).toEqual(new Set(["cancelled"]));
    state.queue.greet(WORKER);
    expect(state.queue.claim(WORKER)).toBeNull();
  });

  test("cancel() ends a run at work: what its workers still write is refused, what is finished stays", async () => {
    const state = await open({ now: testClock().now });
    const id = await submit(state, "working");
    await finishPreparing(state, claim(state));
    const [left, right] = [claim(state), claim(state, SECOND)];
    await state.queue.finish(left, done("train", { weights: hash("4") }));
    await state.runs.cancel(id);
    expect(() => {
      state.queue.renew(right);
    }).toThrow(LeaseLostError);
    await expect(state.queue.finish(right, done("train", { weights: hash("6") }))).rejects.toThrow(
      LeaseLostError,
    );
    state.queue.giveBack(right);
    expect(state.runs.get(id)!.tasks.map((task) => task.state)).toEqual([
      "finished",
      "finished",
      "cancelled",
      "cancelled",
    ]);
    expect(state.runs.output(id, "left", "weights")).toBe(hash("4"));
    expect(await state.queue.recover(() => false)).toBe(0);
  });

  test("cancel() once more changes and tells nothing; of a run that has ended otherwise it is refused", async () => {
    const clock = testClock();
    const state = await open({ now: clock.now });
    const id = await submit(state, "twice");
    const first = await state.runs.cancel(id);
    const before = state.events.lastId();
    clock.pass(1000);
    expect(await state.runs.cancel(id)).toEqual(first);
    expect(state.events.lastId()).toBe(before);

    const over = await submit(state, "over");
    await finishRun(state);
    expect(await refusal(state.runs.cancel(over))).toBe("RUN_STATE");
    const failed = await submit(state, "failed");
    await state.queue.fail(claim(state), "no");
    expect(await refusal(state.runs.cancel(failed))).toBe("RUN_STATE");
  });
}

function describeRetrying(open: OpenState): void {
  test("retry() queues what a failed run has not finished, and its first task, with all attempts anew", async () => {
    const state = await open({ now: testClock().now, mostAttempts: 1 });
    const id = await submit(state, "again");
    await finishPreparing(state, claim(state));
    const left = claim(state);
    await state.queue.finish(claim(state, SECOND), done("train", { weights: hash("6") }));
    await state.queue.recover(() => false);
    expect(() => {
      state.queue.renew(left);
    }).toThrow(LeaseLostError);
    expect(state.runs.get(id)).toMatchObject({ state: "failed" });
    expect(await state.runs.retry(id)).toMatchObject({ state: "queued", error: null, finishedAt: null });
    const { tasks } = state.runs.get(id)!;
    expect(tasks.map((task) => [task.state, task.error])).toEqual([
      ["waiting", null],
      ["waiting", null],
      ["finished", null],
      ["waiting", null],
    ]);
    await finishPreparing(state, claim(state));
    const anew = claim(state);
    expect(anew).toMatchObject({ task: "left", attempt: 1 });
    expect(anew.outputs.get("right")?.outputs).toEqual({ weights: hash("6") });
    expect(state.runs.get(id)!.state).toBe("running");
  });

  test("retry() does everything again where the first task finds another data set", async () => {
    const state = await open({ now: testClock().now });
    const id = await submit(state, "again");
    await finishPreparing(state, claim(state));
    await state.queue.finish(claim(state), done("train", { weights: hash("6") }));
    await state.runs.cancel(id);
    await state.runs.retry(id);
    await finishPreparing(state, claim(state), { warning: "another one" });
    expect(state.runs.get(id)!.tasks.map((task) => task.state)).toEqual([
      "finished",
      "waiting",
      "waiting",
      "waiting",
    ]);
    expect(state.runs.output(id, "left", "weights")).toBeNull();
    expect(claim(state).task).toBe("left");
  });

  test("retry() takes up a cancelled run; its old claims stay lost", async () => {
    const state = await open({ now: testClock().now });
    const id = await submit(state, "again");
    const old = claim(state);
    await state.runs.cancel(id);
    await state.runs.retry(id);
    expect(() => {
      state.queue.renew(old);
    }).toThrow(LeaseLostError);
    await finishRun(state);
    expect(state.runs.get(id)!.state).toBe("finished");
  });

  test("retry() of a run that is queued, running or finished is refused", async () => {
    const state = await open({ now: testClock().now });
    const id = await submit(state, "one");
    expect(await refusal(state.runs.retry(id))).toBe("RUN_STATE");
    await finishPreparing(state, claim(state));
    expect(await refusal(state.runs.retry(id))).toBe("RUN_STATE");
    await finishRun(state);
    expect(await refusal(state.runs.retry(id))).toBe("RUN_STATE");
    expect(state.runs.get(id)!.state).toBe("finished");
  });
}

function describeRemoving(open: OpenState): void {
  test("remove() forgets a run that has ended, and its events but for that", async () => {
    const clock = testClock();
    const state = await open({ now: clock.now });
    const id = await submit(state, "gone", { idempotencyKey: "key" });
    clock.pass(1);
    await submit(state, "stays");
    expect(await refusal(state.runs.remove(id))).toBe("RUN_STATE");
    await finishPreparing(state, claim(state));
    expect(await refusal(state.runs.remove(id))).toBe("RUN_STATE");
    await state.runs.cancel(id);
    const before = state.events.lastId();
    await state.runs.remove(id);
    expect(state.runs.get(id)).toBeNull();
    expect(state.events.after(0, { limit: 99, run: id })).toMatchObject([
      { id: before + 1, kind: "run-deleted", run: id },
    ]);
    expect(state.runs.references()).toEqual({ artefacts: new Set(), keys: new Set() });
    expect(state.runs.counts()).toEqual({ runs: { queued: 1 }, tasks: { waiting: 4 } });
    expect(await refusal(state.runs.remove(id))).toBe("RUN_NOT_FOUND");
    await submit(state, "gone", { idempotencyKey: "key" });
  });
}

function describeArtefacts(open: OpenState): void {
  test("output() gives what a finished task gave under a name, and nothing else", async () => {
    const state = await open({ now: testClock().now });
    const id = await submit(state, "one");
    expect(state.runs.output(id, "prepare", "testImages")).toBeNull();
    await finishPreparing(state, claim(state));
    expect(state.runs.output(id, "prepare", "testImages")).toBe(hash("3"));
    for (const name of ["weights", "toString", "__proto__"])
      expect(state.runs.output(id, "prepare", name)).toBeNull();
    expect(state.runs.output(id, "left", "testImages")).toBeNull();
    expect(state.runs.output(UNKNOWN, "prepare", "testImages")).toBeNull();
  });

  test("references() are all runs' and uploads' artefacts, and the keys of tasks", async () => {
    const state = await open({ now: testClock().now });
    await submit(state, "one");
    await finishPreparing(state, claim(state));
    const left = claim(state);
    state.queue.begin(left, hash("a"));
    const right = claim(state, SECOND);
    state.queue.begin(right, hash("b"));
    await state.queue.finish(right, done("train", { weights: hash("6"), epochs: hash("7") }));
    // A run that was stopped may go on from its checkpoint: its key is wanted still.
    state.queue.giveBack(left);
    await state.library.addWeights({
      sha256: hash("8"),
      name: "w",
      bytes: 1,
      sizes: [2, 1],
      uploadedAt: "2026-01-01T00:00:00.000Z",
    });
    await state.library.addDataset({
      name: "upload-0123456789abcdef",
      title: "Mine",
      train: 1,
      test: 1,
      height: 1,
      width: 1,
      classCount: 2,
      parts: { "train-images": hash("9"), "test-images": hash("c") },
    });
    expect(state.runs.references()).toEqual({
      artefacts: new Set(["3", "6", "7", "8", "9", "c"].map(hash)),
      keys: new Set(["a", "b"].map(hash)),
    });
    expect(state.runs.isWeights(hash("6"))).toBe(true);
    expect(state.runs.isWeights(hash("8"))).toBe(true);
    expect(state.runs.isWeights(hash("7"))).toBe(false);
    expect(state.runs.isWeights(hash("f"))).toBe(false);
  });

  test("a cancelled run's finished work and its result are referred to until it is removed", async () => {
    const state = await open({ now: testClock().now });
    const id = await submit(state, "one");
    await finishRun(state);
    expect(state.runs.references().artefacts).toEqual(new Set(["3", "4", "5"].map(hash)));
    await state.runs.remove(id);
    expect(state.runs.references().artefacts).toEqual(new Set());
  });

  test("counts() are of runs and tasks, by state", async () => {
    const state: State = await open({ now: testClock().now });
    expect(state.runs.counts()).toEqual({ runs: {}, tasks: {} });
    await submit(state, "one");
    await finishPreparing(state, claim(state));
    claim(state);
    await state.runs.cancel(await submit(state, "two"));
    expect(state.runs.counts()).toEqual({
      runs: { running: 1, cancelled: 1 },
      tasks: { finished: 1, running: 1, waiting: 2, cancelled: 4 },
    });
  });
}
