import { ProblemError, UnreachableError, type EventStreamOptions } from "@gambeson/client";
import type { Run, ServerEvent } from "@gambeson/contract";
import { exampleResult } from "@gambeson/report/testing/example-result";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sampleRun } from "../testing/sample-run.ts";
import { silentStream } from "../testing/silent-stream.ts";
import { followRun, type FollowedRun } from "./follow-run.ts";
import { RunDeletedError } from "./run-deleted-error.ts";

const server = vi.hoisted(() => ({ runs: { get: vi.fn(), result: vi.fn() }, events: vi.fn() }));
vi.mock("./server.ts", () => ({ server }));

// Running, read at event 10.
const RUN = sampleRun();
const AT = "2026-11-22T00:00:02.000Z";
const GONE = new UnreachableError("http://here", new Error("refused"));
const NONE = new ProblemError({
  ...{ type: "urn:gambeson:problem:run-not-found", code: "RUN_NOT_FOUND", status: 404 },
  ...{ title: "", detail: "No", requestId: "" },
});
const [FIRST, SECOND] = [exampleResult(1), exampleResult(2)];

let stop: AbortController;
let told: FollowedRun | null;
let ended: Promise<unknown>;

beforeEach(() => {
  vi.useFakeTimers();
  stop = new AbortController();
  told = null;
  server.events.mockImplementation(silentStream);
});

afterEach(() => {
  stop.abort();
  vi.useRealTimers();
  vi.resetAllMocks();
});

test("followRun() goes on by events, and logs those, too, that the run knew of, but for progress", async () => {
  const { onEvent } = await following(RUN);
  await onEvent(started(9));
  await onEvent(started(11));
  await onEvent(progress(12, 0.5));
  await settled();
  expect(told?.log.map(({ id }) => id)).toEqual([9, 11]);
  expect(told?.run).toMatchObject({ eventId: 12, share: 0.5 });
  expect(server.runs.get).toHaveBeenCalledTimes(1);
});

test("followRun() brings the result once the run has finished", async () => {
  const { onEvent } = await following(RUN);
  expect(told?.result).toBeNull();
  server.runs.get.mockResolvedValueOnce(finished("a", 11));
  server.runs.result.mockResolvedValueOnce(FIRST);
  await onEvent(changed(11));
  await settled();
  expect(told).toMatchObject({ run: { state: "finished" }, result: FIRST });
});

test("followRun() asks again after a loss, before it goes on with events", async () => {
  const { onEvent, onState } = await following(RUN);
  onState?.({ kind: "waiting", forMs: 1000, reason: "" });
  await settled();
  expect(told?.trouble).toMatch(/^No answer/);
  server.runs.get.mockRejectedValueOnce(GONE);
  server.runs.get.mockResolvedValueOnce({ ...RUN, eventId: 20, share: 0.25 });
  onState?.({ kind: "open" });
  const applied = onEvent(progress(15, 0.125));
  await vi.advanceTimersByTimeAsync(2000);
  await applied;
  expect(told).toMatchObject({ run: { eventId: 20, share: 0.25 }, trouble: null });
});

test("followRun() fails where nothing is known yet and the server does not answer", async () => {
  server.runs.get.mockRejectedValueOnce(GONE);
  await expect(followRun(RUN.id, () => undefined, stop.signal)).rejects.toBe(GONE);
});

test("followRun() shows the run, and asks again for its result, where the server is lost between them", async () => {
  server.runs.result.mockRejectedValueOnce(GONE);
  server.runs.result.mockResolvedValueOnce(FIRST);
  server.runs.get.mockResolvedValueOnce(finished("a", 10));
  ended = followRun(RUN.id, (followed) => (told = followed), stop.signal);
  await vi.advanceTimersByTimeAsync(500);
  expect(told).toMatchObject({ run: { state: "finished" }, result: null });
  expect(told?.trouble).toMatch(/^No answer/);
  await vi.advanceTimersByTimeAsync(1000);
  expect(told).toMatchObject({ result: FIRST, trouble: null });
  expect(server.events).toHaveBeenCalledTimes(1);
});

test("followRun() keeps the result where a loss has changed nothing, and takes another one", async () => {
  server.runs.result.mockResolvedValueOnce(FIRST);
  const { onState } = await following(finished("a", 10));
  expect(told?.result).toBe(FIRST);
  await reopen(onState, finished("a", 10));
  expect(server.runs.result).toHaveBeenCalledTimes(1);
  server.runs.result.mockResolvedValueOnce(SECOND);
  await reopen(onState, finished("b", 20));
  expect(told?.result).toBe(SECOND);
});

test("followRun() takes the events of a server that has begun anew", async () => {
  const { onEvent, onState } = await following(RUN);
  await onEvent(started(11));
  await reopen(onState, { ...RUN, eventId: 2 });
  await onEvent(progress(3, 0.5));
  await onEvent(started(4));
  await settled();
  expect(told).toMatchObject({ run: { eventId: 4 }, log: [{ id: 4 }] });
});

test("followRun() ends where another server has no such run", async () => {
  const { onState } = await following(RUN);
  onState?.({ kind: "waiting", forMs: 1000, reason: "" });
  server.runs.get.mockRejectedValueOnce(NONE);
  onState?.({ kind: "open" });
  await expect(ended).resolves.toBe(NONE);
});

test("followRun() ends once the run is deleted, and asks for it no more", async () => {
  const { onEvent } = await following(RUN);
  await expect(onEvent({ ...about(11), kind: "run-deleted" })).rejects.toThrow(RunDeletedError);
  expect(server.runs.get).toHaveBeenCalledTimes(1);
});

test("followRun() tells nothing any more once it is to stop", async () => {
  const { onEvent } = await following(RUN);
  await onEvent(progress(11, 0.5));
  stop.abort();
  await settled();
  expect(told?.run.share).toBe(0);
  await expect(ended).resolves.toBeUndefined();
});

/** @returns What the stream of events was opened with. */
async function following(run: Run): Promise<EventStreamOptions> {
  server.runs.get.mockResolvedValueOnce(run);
  ended = followRun(run.id, (followed) => (told = followed), stop.signal).catch((error: unknown) => error);
  await settled();
  expect(server.events).toHaveBeenCalledTimes(1);
  return server.events.mock.calls[0]![0] as EventStreamOptions;
}

/** Loses the connection; when it is back, the run is as given. */
async function reopen(onState: EventStreamOptions["onState"], run: Run): Promise<void> {
  onState?.({ kind: "waiting", forMs: 1000, reason: "" });
  server.runs.get.mockResolvedValueOnce(run);
  onState?.({ kind: "open" });
  await settled();
}

/** Until what has come is told. */
function settled(): Promise<unknown> {
  return vi.advanceTimersByTimeAsync(100);
}

function finished(resultSha256: string, eventId: number): Run {
  return sampleRun({ state: "finished", resultSha256, eventId });
}

function about(id: number) {
  return { id, at: AT, run: RUN.id } as const;
}

function started(id: number): ServerEvent {
  return { ...about(id), kind: "task-started", task: "prepare", title: "", attempt: 1, runShare: 0 };
}

function progress(id: number, runShare: number): ServerEvent {
  return { ...about(id), kind: "task-progress", task: "prepare", share: 0, note: "", runShare };
}

function changed(id: number): ServerEvent {
  return { ...about(id), kind: "run-changed", state: "finished" };
}
