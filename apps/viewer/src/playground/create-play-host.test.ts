import { describe, expect, test } from "vitest";
import { createPlayClient, type PlayPort } from "./create-play-client.ts";
import { createPlayHost } from "./create-play-host.ts";
import type { PlayReply } from "./protocol.ts";

const ASKED = { weights: [] };
const BACKEND = { variant: "simd", threads: 1, fallback: null, inputSize: 1, classCount: 2 } as const;
const RUNS = ["r1", "r2"] as const;

interface FakeWorker extends PlayPort {
  isAlive: boolean;
}

/** A host, and all workers that it has started. They answer when they are told to. */
function fakeHost() {
  const workers: FakeWorker[] = [];
  let answerLast: (reply: Unsent) => void;
  const host = createPlayHost(() => {
    const worker: FakeWorker = {
      ...{ isAlive: true, onmessage: null, onerror: null },
      postMessage: ({ id }) => {
        answerLast = (reply) => {
          worker.onmessage?.({ data: { id, ...reply } } as MessageEvent<PlayReply>);
        };
      },
      terminate: () => {
        worker.isAlive = false;
      },
    };
    workers.push(worker);
    return createPlayClient(worker);
  });
  const alive = () => workers.map(({ isAlive }) => isAlive);
  /** Has a worker answer what was asked last. */
  const answer = (reply: Unsent = { answer: BACKEND, ms: 1 }) => {
    answerLast(reply);
  };
  const load = async (run: string) => {
    const loading = host.load(run, ASKED, new AbortController().signal);
    answer();
    return loading;
  };
  return { host, alive, answer, load };
}
type Unsent = { readonly failure: string } | { readonly answer: typeof BACKEND; readonly ms: number };

describe("createPlayHost()", () => {
  test("starts one worker for a run, whatever is loaded of it", async () => {
    const { host, alive, load } = fakeHost();
    const first = await load(RUNS[0]);
    const second = await load(RUNS[0]);
    expect(first).toEqual({ client: first.client, backend: BACKEND });
    expect(second.client).toBe(first.client);
    expect(alive()).toEqual([true]);
    host.end();
    expect(alive()).toEqual([false]);
  });

  test("keeps the worker of the run before until another run's is ready", async () => {
    const { host, alive, answer, load } = fakeHost();
    const first = await load(RUNS[0]);
    const second = host.load(RUNS[1], ASKED, new AbortController().signal);
    expect(alive()).toEqual([true, true]);
    answer();
    expect((await second).client).not.toBe(first.client);
    expect(alive()).toEqual([false, true]);
  });

  test("starts no worker for a page that was left, and ends one that is still loading", async () => {
    const { host, alive } = fakeHost();
    const left = new AbortController();
    const loading = host.load(RUNS[0], ASKED, left.signal);
    expect(alive()).toEqual([true]);
    left.abort();
    expect(alive()).toEqual([false]);
    await expect(loading).rejects.toThrow();
    await expect(host.load(RUNS[0], ASKED, left.signal)).rejects.toThrow("aborted");
    expect(alive()).toEqual([false]);
  });

  test("ends a worker that has loaded in the moment the page was left", async () => {
    const { host, alive, answer } = fakeHost();
    const left = new AbortController();
    const loading = host.load(RUNS[0], ASKED, left.signal);
    answer();
    left.abort();
    await expect(loading).rejects.toThrow();
    expect(alive()).toEqual([false]);
  });

  test("keeps what it has where another run is not wanted any more", async () => {
    const { host, alive, load } = fakeHost();
    const { client } = await load(RUNS[0]);
    const away = new AbortController();
    const loading = host.load(RUNS[1], ASKED, away.signal);
    away.abort();
    await expect(loading).rejects.toThrow();
    expect(alive()).toEqual([true, false]);
    expect((await load(RUNS[0])).client).toBe(client);
  });

  test("leaves no worker where loading fails, and starts a new one then", async () => {
    const { host, alive, answer, load } = fakeHost();
    await load(RUNS[0]);
    const again = host.load(RUNS[0], ASKED, new AbortController().signal);
    answer({ failure: "Cannot load the models" });
    await expect(again).rejects.toThrow("Cannot load the models");
    expect(alive()).toEqual([false]);
    const other = host.load(RUNS[1], ASKED, new AbortController().signal);
    answer({ failure: "Cannot load the models" });
    await expect(other).rejects.toThrow("Cannot load the models");
    await load(RUNS[1]);
    expect(alive()).toEqual([false, false, true]);
  });
});
