import { createApp, type AppOptions } from "../create-app.ts";
import { createLog } from "../log.ts";
import { LIMITS, type ServeContext } from "../serve-context.ts";
import { fakeState, type FakeState } from "./fake-state.ts";

export const TOKEN = "a-token-of-at-least-thirty-two-characters";
export const HOST = "127.0.0.1:8787";

export interface TestServer {
  readonly state: FakeState;
  readonly context: ServeContext;
  readonly app: ReturnType<typeof createApp>;
  /** Asks with a fitting Host, and with the token where the server has one; `null` leaves a header out. */
  ask(method: string, path: string, options?: AskOptions): Promise<Response>;
  /** What was logged, a line each. */
  readonly lines: string[];
}

export interface AskOptions {
  readonly headers?: Readonly<Record<string, string | null>>;
  /** Sent as JSON, unless it is bytes or text already. */
  readonly body?: unknown;
}

/** A server on a fake state, without a socket. */
export function testServer(changes: Partial<ServeContext> = {}, options: AppOptions = {}): TestServer {
  const [state, lines]: [FakeState, string[]] = [fakeState(), []];
  const context: ServeContext = {
    state,
    artefacts: {
      size: () => Promise.resolve(null),
      read: () => Promise.reject(new Error("none")),
      stream: () => Promise.reject(new Error("none")),
      keep: () => Promise.reject(new Error("none")),
    } as unknown as ServeContext["artefacts"],
    shareStore: () => Promise.resolve({ close: () => undefined }),
    log: createLog(
      (line) => lines.push(line),
      () => 0,
    ),
    now: () => 1_000_000,
    version: "1.2.3",
    code: "c0de",
    token: null,
    hosts: new Set([HOST]),
    origins: new Set(),
    viewer: null,
    limits: LIMITS,
    ...changes,
  };
  const app = createApp(context, { pollMs: 5, ...options });
  const ask: TestServer["ask"] = async (method, path, { headers = {}, body } = {}) => {
    const all: Readonly<Record<string, string | null>> = {
      host: HOST,
      ...(context.token === null ? {} : { authorization: `Bearer ${context.token}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    };
    const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
    const isRaw = typeof body === "string" || body instanceof Uint8Array || body instanceof ReadableStream;
    return app.request(`http://${HOST}${path}`, {
      method,
      headers: given,
      ...(body === undefined ? {} : { body: isRaw ? (body as BodyInit) : JSON.stringify(body) }),
    });
  };
  return { state, context, app, ask, lines };
}
