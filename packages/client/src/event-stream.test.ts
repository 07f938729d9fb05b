import type { ServerEvent } from "@gambeson/contract";
import { assert, array, asyncProperty, integer, record } from "fast-check";
import { expect, test } from "vitest";
import { AnswerError } from "./answer-error.ts";
import { followEvents, type EventStreamOptions, type EventStreamState } from "./event-stream.ts";
import { ProblemError } from "./problem-error.ts";
import { eventStream, fakeServer, problem, type AskedRequest } from "./testing/fake-server.ts";
import { eventOf, ID } from "./testing/samples.ts";
import { createTransport } from "./transport.ts";
import { UnreachableError } from "./unreachable-error.ts";

const written = (events: readonly ServerEvent[]) =>
  new TextEncoder().encode(
    events
      .map((event) => `id: ${event.id}\nevent: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`)
      .join(""),
  );
const events = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => eventOf(from + index));
const after = ({ headers }: AskedRequest) => Number(headers.get("last-event-id"));

/** Follows until the event with the id `last` has come; sleeps for no time, and notes for how long it would have. */
async function follow(
  answer: Parameters<typeof fakeServer>[0],
  last: number,
  options: Partial<EventStreamOptions> = {},
  silenceMs = 10_000,
) {
  const { fetch, requests } = fakeServer(answer);
  const slept: number[] = [];
  const states: EventStreamState[] = [];
  const seen: ServerEvent[] = [];
  const done = new AbortController();
  const sleep = (ms: number) => {
    slept.push(ms);
    return Promise.resolve();
  };
  const transport = createTransport({ address: "http://server", token: undefined, fetch, sleep });
  await followEvents(
    transport,
    {
      after: 0,
      signal: done.signal,
      onEvent: (event) => {
        seen.push(event);
        if (event.id === last) done.abort();
      },
      onState: (state) => states.push(state),
      ...options,
    },
    { sleep, silenceMs },
  );
  return { requests, seen, slept, states };
}

test("events arrive once and in order, wherever connections break and however much they repeat", async () => {
  const connection = record({ bytes: integer({ min: 0, max: 1500 }), repeated: integer({ min: 0, max: 5 }) });
  await assert(
    asyncProperty(
      integer({ min: 1, max: 30 }),
      array(connection, { maxLength: 12 }),
      async (count, broken) => {
        const { seen } = await follow((request, number) => {
          const plan = broken[number];
          if (plan === undefined) return eventStream(written(events(after(request) + 1, count)), "stays");
          const from = Math.max(1, after(request) + 1 - plan.repeated);
          return eventStream(
            written(events(from, count)).subarray(0, plan.bytes),
            number % 2 === 0 ? "ends" : "fails",
          );
        }, count);
        expect(seen).toEqual(events(1, count));
      },
    ),
    { numRuns: 200 },
  );
});

test("a filter and the place to go on from are in each request", async () => {
  const { requests } = await follow(
    (request, number) =>
      number === 0
        ? eventStream(written(events(8, 9)), "ends")
        : eventStream(written(events(after(request) + 1, 10)), "stays"),
    10,
    { run: ID, after: 7 },
  );
  expect(requests.map((request) => [request.path, after(request)])).toEqual([
    [`/api/v1/events?run=${ID}`, 7],
    [`/api/v1/events?run=${ID}`, 9],
  ]);
});

test("without a place to begin, it begins where the server's stream does, and keeps that place", async () => {
  const { seen, requests } = await follow(
    (request, number) => {
      if (number === 0) return eventStream(new TextEncoder().encode("retry: 1000\nid: 41\n\n"), "fails");
      return eventStream(written(events(after(request) + 1, 42)), "stays");
    },
    42,
    { after: undefined },
  );
  expect(seen.map(({ id }) => id)).toEqual([42]);
  expect(requests.map(({ headers }) => headers.get("last-event-id"))).toEqual([null, "41"]);
});

test("where the server's memory was emptied, it goes on from where the server is", async () => {
  const { seen } = await follow(
    () => {
      const start = new TextEncoder().encode("retry: 1000\nid: 2\n\n");
      return eventStream(new Uint8Array([...start, ...written(events(3, 4))]), "stays");
    },
    4,
    { after: 500 },
  );
  expect(seen.map(({ id }) => id)).toEqual([3, 4]);
});

test("it waits as long as the server wishes, and twice as long after each failure, ten seconds at most", async () => {
  const { slept, states } = await follow((request, number) => {
    if (number === 0) return eventStream(new TextEncoder().encode("retry: 1500\n\n"), "ends");
    if (number <= 5) throw new TypeError("connection refused");
    return eventStream(written(events(after(request) + 1, 1)), "stays");
  }, 1);
  expect(slept).toEqual([1500, 1500, 3000, 6000, 10_000, 10_000]);
  expect(states.slice(0, 6)).toEqual([
    { kind: "connecting" },
    { kind: "open" },
    { kind: "waiting", forMs: 1500, reason: expect.stringContaining("ended by the server") as string },
    { kind: "connecting" },
    { kind: "waiting", forMs: 1500, reason: expect.stringContaining("connection refused") as string },
    { kind: "connecting" },
  ]);
});

test("a busy server is asked again; one that refuses ends the stream", async () => {
  const busy = await follow(
    (_, number) =>
      number === 0 ? problem(503, "TOO_MANY_STREAMS") : eventStream(written(events(1, 1)), "stays"),
    1,
  );
  expect(busy.seen).toHaveLength(1);
  const refused = follow(() => problem(404, "RUN_NOT_FOUND"), 1);
  await expect(refused).rejects.toThrow(ProblemError);
  await expect(refused).rejects.toMatchObject({ code: "RUN_NOT_FOUND", status: 404 });
});

test("what is no event stream, or no event of this version, ends it", async () => {
  await expect(follow(() => Response.json({}), 1)).rejects.toThrow(
    /must be an event stream: current value is application\/json/,
  );
  const strange = new TextEncoder().encode(`id: 1\nevent: new\ndata: {"id":1,"kind":"new"}\n\n`);
  await expect(follow(() => eventStream(strange, "stays"), 1)).rejects.toThrow(AnswerError);
  const broken = new TextEncoder().encode("data: {\n\n");
  await expect(follow(() => eventStream(broken, "stays"), 1)).rejects.toThrow(/must be JSON/);
});

test("it gives up after as many failures in a row as it is told", async () => {
  let asked = 0;
  const failing = follow(
    (_, number) => {
      asked++;
      if (number === 1) return eventStream(new TextEncoder().encode(": here\n"), "ends");
      throw new TypeError("connection refused");
    },
    1,
    { maxFailures: 3 },
  );
  await expect(failing).rejects.toThrow(UnreachableError);
  expect(asked).toBe(5); // One failure, one connection, and three in a row.
});

test("a connection on which nothing comes is given up", async () => {
  const { states } = await follow((_, number) => eventStream(written(events(1, number)), "stays"), 1, {}, 20);
  expect(states).toContainEqual({
    kind: "waiting",
    forMs: 1000,
    reason: expect.stringContaining("nothing came for 0.02 s") as string,
  });
});

test("what onEvent throws ends it, even an error of the network", async () => {
  const error = new UnreachableError("http://server", new Error("elsewhere"));
  const following = follow(() => eventStream(written(events(1, 3)), "stays"), 3, {
    onEvent: () => Promise.reject(error),
  });
  await expect(following).rejects.toBe(error);
});

test("the next event waits until the last one has been dealt with", async () => {
  const done = new AbortController();
  const order: string[] = [];
  await follow(() => eventStream(written(events(1, 3)), "stays"), 3, {
    signal: done.signal,
    onEvent: async ({ id }) => {
      order.push(`begin ${id}`);
      await new Promise((resolve) => setTimeout(resolve, 1));
      order.push(`end ${id}`);
      if (id === 2) done.abort();
    },
  });
  expect(order).toEqual(["begin 1", "end 1", "begin 2", "end 2"]);
});

test("aborting ends it, also while it waits for the next event, and closes the connection", async () => {
  const done = new AbortController();
  let connection: AbortSignal | undefined;
  const following = follow(
    (_request, _number, signal) => {
      connection = signal;
      const body = new ReadableStream({
        start: (controller) => {
          signal.addEventListener("abort", () => {
            controller.error(signal.reason);
          });
        },
      });
      return new Response(body, { headers: { "content-type": "text/event-stream" } });
    },
    1,
    {
      signal: done.signal,
      onState: ({ kind }) => {
        if (kind === "open")
          setTimeout(() => {
            done.abort();
          }, 5);
      },
    },
  );
  await expect(following).resolves.toMatchObject({ seen: [] });
  expect(connection?.aborted).toBe(true);
});
