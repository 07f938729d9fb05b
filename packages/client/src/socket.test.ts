import { createServer, type Server } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { createClient } from "./create-client.ts";
import type { ServerEvent } from "@gambeson/contract";
import { eventOf, runOf, ID } from "./testing/samples.ts";

/** Answers over a real socket; drops each event stream after three events, in the midst of the fourth. */
async function listen(): Promise<string> {
  const server = createServer((request, response) => {
    if (request.url === `/api/v1/runs/${ID}`) {
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(runOf()));
      return;
    }
    const first = Number(request.headers["last-event-id"]) + 1;
    const events = [0, 1, 2, 3].map((more) => eventOf(first + more));
    const text = events.map((event) => `id: ${event.id}\r\ndata: ${JSON.stringify(event)}\r\n\r\n`).join("");
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
    response.write(`retry: 5\r\n\r\n${text.slice(0, -20)}`, () => {
      setTimeout(() => request.socket.destroy(), 10);
    });
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${await portOf(server)}`;
}

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

test("over a real socket: an answer, and events across broken connections", async () => {
  const client = createClient({ address: await listen() });
  expect(await client.runs.get(ID)).toEqual(runOf());
  const done = new AbortController();
  const seen: ServerEvent[] = [];
  let connections = 0;
  await client.events({
    after: 0,
    signal: done.signal,
    onEvent: (event) => {
      seen.push(event);
      if (event.id === 8) done.abort();
    },
    onState: ({ kind }) => {
      if (kind === "open") connections++;
    },
  });
  expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((id) => eventOf(id)));
  expect(connections).toBe(3);
});

test("where nobody listens, the error says so in a sentence", async () => {
  const server = createServer();
  const address = `http://127.0.0.1:${await portOf(server)}`;
  await new Promise((resolve) => server.close(resolve));
  const asking = createClient({ address, sleep: () => Promise.resolve() }).presets();
  await expect(asking).rejects.toThrow(
    `Cannot reach the server at ${address} as it must be running and answer: `,
  );
  await expect(asking).rejects.toThrow(/current value is "[^"]*(refused|ECONNREFUSED)[^"]*"$/);
});
