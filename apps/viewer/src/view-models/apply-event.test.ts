import type { EpochMetrics, NewServerEvent, Run } from "@gambeson/contract";
import { expect, test } from "vitest";
import { sampleRun, sampleTask } from "../testing/sample-run.ts";
import { applyEvent } from "./apply-event.ts";

const AT = "2026-11-22T00:00:02.000Z";
const RUN = "r0000000000000000001";

type News = Exclude<NewServerEvent, { kind: "run-deleted" }>;
type Body = News extends infer E ? (E extends News ? Omit<E, "run"> : never) : never;

/** The run after events that are numbered from 11 on. */
function after(run: Run, ...bodies: readonly Body[]): Run {
  return bodies.reduce<Run>((before, body, i) => {
    const next = applyEvent(before, { ...body, id: 11 + i, at: AT, run: RUN });
    if (next === null) throw new Error(`${body.kind} tells nothing`);
    return next;
  }, run);
}

const taskOf = (run: Run, id: string) => run.tasks.find((task) => task.id === id)!;
const epoch = (number: number, loss: number): EpochMetrics => ({
  epoch: number,
  loss,
  regulariser: null,
  trainAccuracy: { count: 5, of: 10 },
  testAccuracy: { count: 4, of: 10 },
  capped: null,
  unfooled: null,
});

test("applyEvent() starts a task, and keeps the others as they are", () => {
  const before = sampleRun();
  const run = after(before, { kind: "task-started", task: "prepare", title: "", attempt: 2, runShare: 0.1 });
  expect(taskOf(run, "prepare")).toMatchObject({ state: "running", attempts: 2, startedAt: AT, share: 0 });
  expect(run.share).toBe(0.1);
  expect(run.eventId).toBe(11);
  expect(run.tasks.slice(1)).toEqual(before.tasks.slice(1));
});

test("applyEvent() shows how far a task is, and forgets its note once it is done", () => {
  const events: Body[] = [
    { kind: "task-started", task: "prepare", title: "", attempt: 1, runShare: 0 },
    { kind: "task-progress", task: "prepare", share: 0.5, note: "half", runShare: 0.2 },
  ];
  expect(taskOf(after(sampleRun(), ...events), "prepare")).toMatchObject({ share: 0.5, note: "half" });
  const done = after(sampleRun(), ...events, {
    ...{ kind: "task-finished", task: "prepare", title: "" },
    ...{ seconds: 1.5, reused: true, runShare: 0.4 },
  });
  expect(taskOf(done, "prepare")).toMatchObject({
    ...{ state: "finished", share: 1, note: "", seconds: 1.5, reused: true, finishedAt: AT },
  });
  expect(done.share).toBe(0.4);
});

test("applyEvent() appends epochs in order; one that is told again counts as told last", () => {
  const told = (metrics: EpochMetrics): Body => ({
    kind: "epoch-finished",
    task: "seed-1/pretrain",
    metrics,
  });
  const run = after(sampleRun(), told(epoch(1, 3)), told(epoch(2, 2)), told(epoch(1, 2.5)));
  expect(taskOf(run, "seed-1/pretrain").epochs.map(({ epoch: e, loss }) => [e, loss])).toEqual([
    [1, 2.5],
    [2, 2],
  ]);
});

test("applyEvent() leaves out what needs a task that failed for good, but nothing that is tried again", () => {
  const failed = (willRetry: boolean): Body => ({
    ...{ kind: "task-failed", task: "seed-1/pretrain", title: "", message: "No room", willRetry },
  });
  const states = (run: Run) => run.tasks.map(({ state }) => state);
  const tasks = [
    sampleTask("prepare", [], { state: "finished" }),
    sampleTask("seed-1/pretrain", ["prepare"], { state: "running" }),
    sampleTask("seed-1/vanilla/train", ["seed-1/pretrain"]),
    sampleTask("other", ["prepare"]),
    sampleTask("assemble", ["seed-1/vanilla/train", "other"]),
  ];
  const lost = after(sampleRun({ tasks }), failed(false));
  expect(states(lost)).toEqual(["finished", "failed", "skipped", "waiting", "skipped"]);
  expect(taskOf(lost, "seed-1/pretrain").error).toBe("No room");
  const again = after(sampleRun({ tasks }), failed(true));
  expect(states(again)).toEqual(["finished", "waiting", "waiting", "waiting", "waiting"]);
});

test("applyEvent() has the run asked for again where it is told no more than that it changed", () => {
  const event = { kind: "run-changed", state: "finished", id: 11, at: AT, run: RUN } as const;
  expect(applyEvent(sampleRun(), event)).toBeNull();
});
