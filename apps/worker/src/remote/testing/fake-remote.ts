import { onTestFinished } from "vitest";
import type { CommandHost } from "../../commands/command-host.ts";
import { createPaint } from "../../terminal/paint.ts";

export interface FakeRemote {
  readonly address: string;
  /** "GET /api/v1/runs?limit=1", with its body behind it if there is one. */
  readonly asked: string[];
}

/** What a request is answered: JSON, or a whole response. Keys are such as "GET /api/v1/runs", their query left out. */
export type Answers = Readonly<Record<string, unknown>>;
type Answer = (request: Request) => unknown;

/** A server on a real socket of this machine that knows these answers alone. */
export function fakeRemote(answers: Answers): FakeRemote {
  const asked: string[] = [];
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => undefined },
    async (request) => {
      const { pathname, search } = new URL(request.url);
      const body = await request.text();
      asked.push(`${request.method} ${pathname}${search} ${body}`.trim());
      const answer = answers[`${request.method} ${pathname}`];
      const value: unknown = typeof answer === "function" ? (answer as Answer)(request) : answer;
      if (value instanceof Response) return value;
      return value === undefined ? problem(404, "NOT_FOUND", "Cannot find it") : Response.json(value);
    },
  );
  onTestFinished(() => server.shutdown());
  return { address: `http://127.0.0.1:${server.addr.port}`, asked };
}

export function problem(status: number, code: string, detail: string): Response {
  const body = { type: "urn:gambeson:problem:x", title: "X", status, detail, code, requestId: "q" };
  return Response.json(body, { status });
}

/** An event stream that ends after these. */
export function streamOf(events: readonly { readonly id: number; readonly kind: string }[]): Response {
  const text = events.map(
    (event) => `id: ${event.id}\nevent: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`,
  );
  return new Response(`retry: 10\nid: 0\n\n${text.join("")}`, {
    headers: { "content-type": "text/event-stream" },
  });
}

/** A host whose outputs can be read back; it is 2026-01-01, 12:00 UTC. */
export function fakeHost(env: Readonly<Record<string, string>> = {}, signal = new AbortController().signal) {
  const written = { stdout: "", stderr: "" };
  const terminal = (name: keyof typeof written) => ({
    write: (text: string) => {
      written[name] += text;
    },
    isLive: false,
    columns: () => 80,
    paint: createPaint(false),
  });
  const host: CommandHost = {
    stdout: terminal("stdout"),
    stderr: terminal("stderr"),
    env: (name) => env[name],
    signal,
    now: () => Date.parse("2026-01-01T12:00:00Z"),
  };
  return { host, written };
}
