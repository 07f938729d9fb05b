import { connect } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { serve } from "./serve.ts";
import { RUN_ID } from "./testing/fake-state.ts";
import { testServer } from "./testing/test-server.ts";

async function served() {
  const hosts = new Set<string>();
  const { context, state } = testServer({ hosts });
  const stop = new AbortController();
  const { address, finished } = await serve(context, { host: "127.0.0.1", port: 0, signal: stop.signal });
  hosts.add(new URL(address).host);
  onTestFinished(() => {
    stop.abort();
    return finished;
  });
  return { address, finished, state, stop };
}

async function openStreams(address: string): Promise<number> {
  const text = await (await fetch(`${address}/metrics`)).text();
  return Number(/^gambeson_event_streams_open (\d+)$/m.exec(text)?.[1]);
}

async function becomes(read: () => Promise<number>, wanted: number): Promise<void> {
  const deadline = performance.now() + 2000;
  while ((await read()) !== wanted) {
    if (performance.now() > deadline) throw new Error(`it is ${await read()} still`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe("serve()", () => {
  test("answers on its address, to its own name only", async () => {
    const { address } = await served();
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const response = await fetch(`${address}/healthz`);
    expect(await response.json()).toEqual({ status: "ok", version: "1.2.3" });
    expect(response.headers.get("x-powered-by")).toBeNull();
    expect((await fetch(`http://localhost:${new URL(address).port}/healthz`)).status).toBe(421);
  });

  test("streams events over the socket as they come, and forgets clients that go", async () => {
    const { address, state } = await served();
    const clients = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const gone = new AbortController();
        const { body } = await fetch(`${address}/api/v1/events`, { signal: gone.signal });
        const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
        await reader.read();
        return { gone, reader };
      }),
    );
    expect(await openStreams(address)).toBe(20);
    state.tell(RUN_ID);
    for (const { reader } of clients) expect((await reader.read()).value).toContain("id: 1\n");
    for (const { gone } of clients.slice(5)) gone.abort();
    await becomes(() => openStreams(address), 5);
    for (const { gone } of clients) gone.abort();
    await becomes(() => openStreams(address), 0);
  });

  test("ends: streams are closed, nothing is listened to, and it does not wait for those that hang", async () => {
    const { address, finished, stop } = await served();
    const reader = (await fetch(`${address}/api/v1/events`)).body!.getReader();
    await reader.read();
    const hanging = connect({ host: "127.0.0.1", port: Number(new URL(address).port) });
    hanging.on("error", () => undefined);
    hanging.write(
      `POST /api/v1/runs HTTP/1.1\r\nhost: ${new URL(address).host}\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{`,
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    const begun = performance.now();
    stop.abort();
    expect((await reader.read()).done).toBe(true);
    await finished;
    expect(performance.now() - begun).toBeLessThan(3000);
    await expect(fetch(`${address}/healthz`)).rejects.toThrow();
    hanging.destroy();
  });

  test("an address that cannot be had is refused at once", async () => {
    const { address } = await served();
    const { context } = testServer();
    const port = Number(new URL(address).port);
    const signal = new AbortController().signal;
    await expect(serve(context, { host: "127.0.0.1", port, signal })).rejects.toThrow(/in use/);
  });
});
