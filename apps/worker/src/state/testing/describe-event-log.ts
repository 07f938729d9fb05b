import { serverEventSchema, type ServerEvent } from "@gambeson/contract";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import {
  claim,
  epoch,
  finishPreparing,
  finishRun,
  SECOND,
  submit,
  testClock,
  type OpenState,
} from "./example-runs.ts";

const RUN = "r0000000000000000001";
const OTHER = "r0000000000000000002";
const ALL = { limit: 1000 };

/** The contract of an event log, for each implementation. */
export function describeEventLog(name: string, open: OpenState): void {
  describe(`the events of ${name}`, () => {
    test("append() numbers events and notes when they were", async () => {
      const clock = testClock();
      const { events } = await open({ now: clock.now });
      expect(events.lastId()).toBe(0);
      expect(events.after(0, ALL)).toEqual([]);
      events.append({ kind: "run-created", run: RUN, name: "<b>'; --" });
      clock.pass(1500);
      events.append({ kind: "run-deleted", run: RUN });
      expect(events.after(0, ALL)).toEqual([
        { id: 1, at: "2026-01-01T00:00:00.000Z", run: RUN, kind: "run-created", name: "<b>'; --" },
        { id: 2, at: "2026-01-01T00:00:01.500Z", run: RUN, kind: "run-deleted" },
      ]);
      expect(events.lastId()).toBe(2);
    });

    test("after() gives what comes after an id, oldest first, so many at most, of one run or of all", async () => {
      const { events } = await open({ now: testClock().now });
      for (let number = 1; number <= 6; number++)
        events.append({ kind: "run-deleted", run: number % 2 === 0 ? OTHER : RUN });
      const ids = (found: readonly ServerEvent[]) => found.map(({ id }) => id);
      expect(ids(events.after(0, { limit: 4 }))).toEqual([1, 2, 3, 4]);
      expect(ids(events.after(4, { limit: 4 }))).toEqual([5, 6]);
      expect(ids(events.after(0, { limit: 2, run: OTHER }))).toEqual([2, 4]);
      expect(ids(events.after(4, { limit: 9, run: OTHER }))).toEqual([6]);
      expect(events.after(6, ALL)).toEqual([]);
      expect(events.after(99, ALL)).toEqual([]);
      expect(events.after(0, { limit: 9, run: "r0000000000000000003" })).toEqual([]);
    });

    test("what a run tells from its beginning to its end is as the contract has it, numbered upwards", async () => {
      const state = await open({ now: testClock().now });
      const run = await submit(state, "told");
      await finishPreparing(state, claim(state));
      const left = claim(state);
      state.queue.progress(left, 0.5, "half");
      state.queue.epoch(left, epoch(1, 0.5));
      await state.queue.recover(() => false);
      await finishRun(state);
      const told = state.events.after(0, { limit: 1000, run });
      for (const event of told) expect(v.parse(serverEventSchema, event)).toEqual(event);
      expect(told.map(({ kind }) => kind)).toEqual([
        "run-created",
        "run-changed", // it runs
        "task-started",
        "task-finished",
        "run-changed", // it knows its data set
        "task-started",
        "task-progress",
        "epoch-finished",
        "task-failed",
        ...Array<string>(3).fill(["task-started", "task-finished"].join()).join().split(","),
        "run-changed", // it is finished
      ]);
      expect(told.map(({ id }) => id)).toEqual(told.map((_, index) => index + 1));
    });

    test("ids are never given again, also when the newest events are gone", async () => {
      const state = await open({ now: testClock().now });
      const run = await submit(state, "gone");
      await state.runs.cancel(run);
      await state.runs.remove(run);
      const deleted = state.events.lastId();
      expect(deleted).toBe(3);
      const other = await submit(state, "other");
      state.queue.progress(claim(state), 0.5, "half");
      const progress = state.events.lastId();
      await state.queue.recover(() => false);
      await state.runs.cancel(other);
      const last = state.events.lastId();
      expect(state.events.forgetProgress()).toBe(1);
      state.events.append({ kind: "run-deleted", run: other });
      expect(state.events.lastId()).toBe(last + 1);
      expect(state.events.after(0, ALL).map(({ id }) => id)).not.toContain(progress);
    });

    test("forgetProgress() keeps that of runs at work, and all other events", async () => {
      const state = await open({ now: testClock().now });
      const ended = await submit(state, "ended");
      state.queue.progress(claim(state), 0.5, "half");
      const working = await submit(state, "working");
      state.queue.progress(claim(state, SECOND), 0.25, "quarter");
      await state.runs.cancel(ended);
      const before = state.events.after(0, ALL);
      expect(state.events.forgetProgress()).toBe(1);
      expect(state.events.forgetProgress()).toBe(0);
      const isGone = ({ kind, run }: ServerEvent) => kind === "task-progress" && run === ended;
      expect(before.filter(isGone)).toHaveLength(1);
      expect(state.events.after(0, ALL)).toEqual(before.filter((event) => !isGone(event)));
      expect(
        state.events.after(0, { limit: 99, run: working }).some(({ kind }) => kind === "task-progress"),
      ).toBe(true);
    });
  });
}
