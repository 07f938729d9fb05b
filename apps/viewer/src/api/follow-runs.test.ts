import { ProblemError, UnreachableError, type EventStreamOptions } from "@gambeson/client";
import type { ErrorCode, Run, RunList, RunSummary, ServerEvent } from "@gambeson/contract";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { exampleRun } from "../testing/example-run.ts";
import { silentStream } from "../testing/silent-stream.ts";
import type { RunsState } from "../view-models/runs-state.ts";
import { followRuns } from "./follow-runs.ts";

const server = vi.hoisted(() => ({
  runs: { list: vi.fn(), get: vi.fn() },
  datasets: { list: vi.fn() },
  events: vi.fn(),
}));
vi.mock("./server.ts", () => ({ server }));

const OLD = exampleRun({ id: "r0000000000000000001", name: "Old" });
const NEW = exampleRun({ id: "r0000000000000000002", name: "New" });
const AT = "2026-01-02T03:04:05.000Z";
const GONE = new UnreachableError("http://here", new Error("refused"));

let stop: AbortController;
let told: RunsState | null;
let ended: Promise<unknown>;

beforeEach(() => {
  vi.useFakeTimers();
  stop = new AbortController();
  told = null;
  server.datasets.list.mockResolvedValue([{ name: "mnist", title: "MNIST", available: true, note: "" }]);
  server.events.mockImplementation(silentStream);
});

afterEach(() => {
  stop.abort();
  vi.useRealTimers();
  vi.resetAllMocks();
});

describe("followRuns()", () => {
  test("tells what comes in pages as it comes, and then follows from what the first page knew", async () => {
    const second = later<RunList>();
    server.runs.list.mockResolvedValueOnce(page([OLD], { total: 2, eventId: 5, nextCursor: "next" }));
    server.runs.list.mockReturnValueOnce(second.promise);
    const stream = follow();
    await settled();
    expect(told).toMatchObject({ runs: [OLD], total: 2 });
    second.resolve(page([NEW], { total: 2, eventId: 7 }));
    await settled();
    expect(told).toMatchObject({ runs: [OLD, NEW], total: 2, trouble: null });
    expect(stream().after).toBe(5);
    expect(server.datasets.list).toHaveBeenCalledTimes(1);
  });

  test("keeps the new list where events come while it is loaded after a loss", async () => {
    const stream = await following([OLD]);
    lose(stream());
    expect(told?.trouble).toMatch(/^No answer/);
    const list = later<RunList>();
    server.runs.list.mockReturnValueOnce(list.promise);
    const run = later<Run>();
    server.runs.get.mockReturnValue(run.promise);
    stream().onState?.({ kind: "open" });
    // What was missed is told again right after the stream has opened.
    const applied = stream().onEvent(changed(6, NEW));
    await settled();
    list.resolve(page([OLD, NEW, { ...NEW, id: "r0000000000000000003" }], { eventId: 5 }));
    await settled();
    run.resolve(whole(NEW));
    await applied;
    expect(told?.runs.map(({ id }) => id)).toEqual([OLD.id, NEW.id, "r0000000000000000003"]);
    expect(told?.trouble).toBeNull();
  });

  test("a run that is deleted while the list is loaded does not come back", async () => {
    const stream = await following([OLD, NEW]);
    lose(stream());
    const second = later<RunList>();
    server.runs.list.mockResolvedValueOnce(page([OLD], { eventId: 5, nextCursor: "next" }));
    server.runs.list.mockReturnValueOnce(second.promise);
    stream().onState?.({ kind: "open" });
    const applied = stream().onEvent({ id: 6, at: AT, run: OLD.id, kind: "run-deleted" });
    await settled();
    second.resolve(page([NEW], { eventId: 6 }));
    await applied;
    expect(told?.runs).toEqual([NEW]);
  });

  test("events that the list knows of change nothing", async () => {
    const stream = await following([{ ...OLD, state: "running", share: 0.5 }], 9);
    await stream().onEvent({ ...progress(9), runShare: 0.25 });
    expect(told?.runs[0]?.share).toBe(0.5);
    await stream().onEvent({ ...progress(10), runShare: 0.75 });
    expect(told?.runs[0]?.share).toBe(0.75);
  });

  test("asks for the list again as long as nothing answers, and goes on then", async () => {
    const stream = await following([OLD]);
    lose(stream());
    server.runs.list.mockRejectedValueOnce(GONE);
    server.runs.list.mockRejectedValueOnce(refusal("STATE_BUSY", 503));
    server.runs.list.mockResolvedValueOnce(page([NEW], { eventId: 1 }));
    stream().onState?.({ kind: "open" });
    await settled();
    expect(told).toMatchObject({ runs: [OLD], trouble: expect.stringMatching(/^No answer/) as string });
    await vi.advanceTimersByTimeAsync(2000);
    expect(told).toMatchObject({ runs: [NEW], trouble: null });
    // The server has begun anew, and counts from one again.
    await stream().onEvent({ id: 2, at: AT, run: NEW.id, kind: "run-deleted" });
    expect(told?.runs).toEqual([]);
  });

  test("fails where nothing is known yet and the server does not answer", async () => {
    server.runs.list.mockRejectedValueOnce(GONE);
    follow();
    await settled();
    expect(told).toBeNull();
    await expect(ended).resolves.toBe(GONE);
  });

  test("goes on where the server is lost in the middle of the first list", async () => {
    server.runs.list.mockResolvedValueOnce(page([OLD], { total: 2, eventId: 5, nextCursor: "next" }));
    server.datasets.list.mockRejectedValueOnce(GONE);
    server.runs.list.mockRejectedValueOnce(GONE);
    server.runs.list.mockResolvedValueOnce(page([OLD, NEW], { eventId: 7 }));
    const stream = follow();
    await settled();
    expect(told).toMatchObject({ runs: [OLD], trouble: expect.stringMatching(/^No answer/) as string });
    await vi.advanceTimersByTimeAsync(2000);
    expect(told).toMatchObject({ runs: [OLD, NEW], trouble: null });
    expect(stream().after).toBe(7);
  });

  test("ends with the error where the list is refused", async () => {
    const stream = await following([OLD]);
    lose(stream());
    server.runs.list.mockRejectedValueOnce(refusal("UNAUTHENTICATED", 401));
    stream().onState?.({ kind: "open" });
    await expect(ended).resolves.toMatchObject({ status: 401 });
  });

  test("asks for a run that events name; one that is gone by then is forgotten", async () => {
    const stream = await following([OLD]);
    server.runs.get.mockResolvedValueOnce(whole(NEW));
    await stream().onEvent({ id: 6, at: AT, run: NEW.id, kind: "run-created", name: "New" });
    expect(told?.runs.map(({ name }) => name)).toEqual(["New", "Old"]);
    server.runs.get.mockRejectedValueOnce(refusal("RUN_NOT_FOUND", 404));
    await stream().onEvent(changed(7, OLD));
    expect(told?.runs.map(({ name }) => name)).toEqual(["New"]);
  });

  test("asks for the data sets' titles once, and again when a run names another", async () => {
    const stream = await following([OLD]);
    expect(told?.titles.get("mnist")).toBe("MNIST");
    server.runs.get.mockResolvedValue(whole(NEW));
    await stream().onEvent(changed(6, NEW));
    expect(server.datasets.list).toHaveBeenCalledTimes(1);
    server.runs.get.mockResolvedValue(whole({ ...NEW, dataset: "upload-1" }));
    server.datasets.list.mockResolvedValue([{ name: "upload-1", title: "Tiny", available: true, note: "" }]);
    await stream().onEvent(changed(7, NEW));
    expect(told?.titles.get("upload-1")).toBe("Tiny");
    expect(server.datasets.list).toHaveBeenCalledTimes(2);
  });
});

/** @returns What the stream of events was opened with. */
function follow(): () => EventStreamOptions {
  ended = followRuns((state) => (told = state), stop.signal).catch((error: unknown) => error);
  return () => server.events.mock.calls[0]![0] as EventStreamOptions;
}

async function following(runs: readonly RunSummary[], eventId = 5): Promise<() => EventStreamOptions> {
  server.runs.list.mockResolvedValueOnce(page(runs, { eventId }));
  const stream = follow();
  await settled();
  return stream;
}

function lose({ onState }: EventStreamOptions): void {
  onState?.({ kind: "waiting", forMs: 1000, reason: "" });
}

/** All that can happen without time passing. */
function settled(): Promise<unknown> {
  return vi.advanceTimersByTimeAsync(0);
}

function page(runs: readonly RunSummary[], rest: Partial<RunList>): RunList {
  return { runs: [...runs], total: runs.length, nextCursor: null, eventId: 0, ...rest };
}

/** As the server answers when asked for one; the list needs no more than its summary. */
function whole(run: RunSummary): Run {
  return run as Run;
}

function refusal(code: ErrorCode, status: number): ProblemError {
  const type = `urn:gambeson:problem:${code.toLowerCase()}`;
  return new ProblemError({ type, code, status, title: "", detail: "No", requestId: "" });
}

function changed(id: number, { id: run, state }: RunSummary): ServerEvent {
  return { id, at: AT, run, kind: "run-changed", state };
}

function progress(id: number) {
  return { id, at: AT, run: OLD.id, kind: "task-progress", task: "t", share: 0, note: "" } as const;
}

function later<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve };
}
