import { describe, expect, test } from "vitest";
import { LIMITS } from "../serve-context.ts";
import { RUN_ID } from "../testing/fake-state.ts";
import { testServer } from "../testing/test-server.ts";

const OTHER = "r0000000000000000002";
const EVENTS = "/api/v1/events";

/** Reads a stream's text piece by piece. */
function readerOf(response: Response) {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  return {
    /** Reads until the text that came since the last time fits. */
    until: async (pattern: RegExp) => {
      while (!pattern.test(text)) {
        const { value, done } = await reader.read();
        if (done) return `${text}(end)`;
        text += value;
      }
      const seen = text;
      text = "";
      return seen;
    },
    cancel: () => reader.cancel(),
  };
}

const idsIn = (text: string) => [...text.matchAll(/^id: (\d+)\nevent/gm)].map(([, id]) => Number(id));
const settled = () => new Promise((resolve) => setTimeout(resolve, 30));

describe("GET /events", () => {
  test("begins now, tells where that is, and sends each event with id, name and data", async () => {
    const { ask, state } = testServer();
    state.tell(RUN_ID);
    const response = await ask("GET", EVENTS);
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    expect(response.headers.get("cache-control")).toBe("no-store, no-transform");
    const reader = readerOf(response);
    expect(await reader.until(/\n\n$/)).toBe("retry: 1000\nid: 1\n\n");
    state.tell(RUN_ID, "run-created");
    expect(await reader.until(/\n\n$/)).toBe(
      `id: 2\nevent: run-created\ndata: {"id":2,"at":"2026-01-01T00:00:00.000Z","run":"${RUN_ID}","kind":"run-created","name":"A run"}\n\n`,
    );
    await reader.cancel();
  });

  test.each([
    ["?after=2", undefined, [3, 4]],
    ["?after=0", undefined, [1, 2, 3, 4]],
    ["", "3", [4]],
    ["?after=0", "2", [3, 4]],
  ])("%s with Last-Event-ID %s replays %j", async (query, lastEventId, ids) => {
    const { ask, state } = testServer();
    for (let count = 0; count < 4; count++) state.tell(RUN_ID);
    const headers = { "last-event-id": lastEventId ?? null };
    const reader = readerOf(await ask("GET", `${EVENTS}${query}`, { headers }));
    expect(idsIn(await reader.until(/event[^]*\n\n$/))).toEqual(ids);
    await reader.cancel();
  });

  test("an id from the future, of a state folder that is gone, means now", async () => {
    const { ask, state } = testServer();
    state.tell(RUN_ID);
    const reader = readerOf(await ask("GET", EVENTS, { headers: { "last-event-id": "99" } }));
    expect(await reader.until(/\n\n$/)).toContain("id: 1\n");
    state.tell(RUN_ID);
    expect(idsIn(await reader.until(/event/))).toEqual([2]);
    await reader.cancel();
  });

  test("replays more than a page, in order, without gap or duplicate, while more come", async () => {
    const { ask, state } = testServer();
    for (let count = 0; count < 1500; count++) state.tell(RUN_ID);
    const reader = readerOf(await ask("GET", `${EVENTS}?after=0`));
    const first = await reader.until(/id: 300\n/);
    for (let count = 0; count < 1500; count++) state.tell(RUN_ID);
    const ids = idsIn(first + (await reader.until(/id: 3000\n/)));
    expect(ids).toEqual(Array.from({ length: 3000 }, (_, index) => index + 1));
    await reader.cancel();
  });

  test("one run's events only, stored and new", async () => {
    const { ask, state } = testServer();
    for (const run of [RUN_ID, OTHER, RUN_ID]) state.tell(run);
    const reader = readerOf(await ask("GET", `${EVENTS}?run=${RUN_ID}&after=0`));
    expect(idsIn(await reader.until(/id: 3\n/))).toEqual([1, 3]);
    for (const run of [OTHER, RUN_ID]) state.tell(run);
    expect(idsIn(await reader.until(/id: 5\n/))).toEqual([5]);
    await reader.cancel();
  });

  test("a heartbeat comes when nothing else does, also while other runs are busy", async () => {
    const { ask, state } = testServer({}, { heartbeatMs: 40 });
    const reader = readerOf(await ask("GET", `${EVENTS}?run=${RUN_ID}`));
    await reader.until(/id/);
    const busy = setInterval(() => state.tell(OTHER), 10);
    expect(await reader.until(/:\n\n/)).toBe(":\n\n");
    expect(await reader.until(/:\n\n/)).toBe(":\n\n");
    clearInterval(busy);
    await reader.cancel();
  });

  test.each(["?after=x", "?after=-1", "?run=1", "?since=1", "?after=1&after=2", "?after=1234567890123456"])(
    "%s is refused",
    async (query) => {
      expect((await testServer().ask("GET", `${EVENTS}${query}`)).status).toBe(400);
    },
  );

  test("a Last-Event-ID that is none is refused", async () => {
    const response = await testServer().ask("GET", EVENTS, { headers: { "last-event-id": "1 or 1" } });
    expect(response.status).toBe(400);
  });

  test("HEAD answers without a stream", async () => {
    const { ask } = testServer();
    const response = await ask("HEAD", EVENTS);
    expect([response.status, response.headers.get("content-type"), response.body]).toEqual([
      200,
      "text/event-stream",
      null,
    ]);
    expect(await openStreams(ask)).toBe(0);
  });
});

async function openStreams(ask: ReturnType<typeof testServer>["ask"]): Promise<number> {
  const text = await (await ask("GET", "/metrics")).text();
  return Number(/^gambeson_event_streams_open (\d+)$/m.exec(text)?.[1]);
}

describe("open streams", () => {
  test("are counted, limited, and free their place when the client goes", async () => {
    const { ask } = testServer({ limits: { ...LIMITS, streams: 2 } });
    const [first, second] = [await ask("GET", EVENTS), await ask("GET", EVENTS)];
    expect(await openStreams(ask)).toBe(2);
    const refused = await ask("GET", EVENTS);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(await refused.json()).toMatchObject({ code: "TOO_MANY_STREAMS" });
    await first.body!.cancel();
    expect(await openStreams(ask)).toBe(1);
    const third = await ask("GET", EVENTS);
    expect(third.status).toBe(200);
    await Promise.all([second.body!.cancel(), third.body!.cancel()]);
    expect(await openStreams(ask)).toBe(0);
  });

  test("a client that does not read gets nothing made for it, and is cut off", async () => {
    const { ask, state } = testServer({}, { stalledMs: 60 });
    const response = await ask("GET", `${EVENTS}?after=0`);
    const reader = response.body!.getReader();
    const first = await reader.read();
    expect(first.value!.length).toBeLessThan(100);
    for (let count = 0; count < 10_000; count++) state.tell(RUN_ID);
    await settled();
    expect(state.reads.count).toBeLessThanOrEqual(10_000 / 200 + 1);
    expect(await openStreams(ask)).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await openStreams(ask)).toBe(0);
    await expect(reader.read()).rejects.toThrow("the client must read");
  });

  test("one poller serves them all, and rests when they are gone", async () => {
    const { ask, state } = testServer();
    const readers = await Promise.all(
      Array.from({ length: 50 }, async () => readerOf(await ask("GET", EVENTS))),
    );
    await Promise.all(readers.map((reader) => reader.until(/id/)));
    for (let count = 0; count < 5; count++) {
      state.tell(RUN_ID);
      const told = await Promise.all(readers.map((reader) => reader.until(/event/)));
      expect(told.map(idsIn)).toEqual(told.map(() => [count + 1]));
    }
    expect(state.reads.count).toBe(5);
    await Promise.all(readers.map((reader) => reader.cancel()));
    state.tell(RUN_ID);
    await settled();
    expect(state.reads.count).toBe(5);
  });

  test("end when the server stops", async () => {
    const stop = new AbortController();
    const { ask } = testServer({}, { signal: stop.signal });
    const reader = readerOf(await ask("GET", EVENTS));
    await reader.until(/id/);
    stop.abort();
    expect(await reader.until(/never/)).toBe("(end)");
    expect(await readerOf(await ask("GET", EVENTS)).until(/never/)).toContain("(end)");
    expect(await openStreams(ask)).toBe(0);
  });

  test("a database that fails under a stream ends it", async () => {
    const { ask, state } = testServer();
    state.tell(RUN_ID);
    const response = await ask("GET", `${EVENTS}?after=0`);
    state.events.after = () => {
      throw new Error("database is locked");
    };
    const reader = response.body!.getReader();
    await reader.read();
    await expect(reader.read()).rejects.toThrow("locked");
    expect(await openStreams(ask)).toBe(0);
  });

  test("a database that fails for a while costs no event", async () => {
    const { ask, state, lines } = testServer();
    const reader = readerOf(await ask("GET", EVENTS));
    await reader.until(/id/);
    const { lastId } = state.events;
    state.events.lastId = () => {
      throw new Error("database is locked");
    };
    state.tell(RUN_ID);
    await settled();
    state.events.lastId = lastId;
    expect(idsIn(await reader.until(/event/))).toEqual([1]);
    expect(lines.filter((line) => line.includes("events cannot be read"))).toHaveLength(1);
    await reader.cancel();
  });
});
