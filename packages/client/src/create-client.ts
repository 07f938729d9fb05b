import {
  healthSchema,
  presetListSchema,
  readinessSchema,
  type PresetEntry,
  type Readiness,
} from "@gambeson/contract";
import * as v from "valibot";
import { createDatasetsClient, type DatasetsClient } from "./datasets-client.ts";
import { followEvents, type EventStreamOptions } from "./event-stream.ts";
import { readJson, readNothing, readText } from "./read-answer.ts";
import { createRunsClient, type RunsClient } from "./runs-client.ts";
import { sleep as realSleep, type Sleep } from "./sleep.ts";
import { createTransport, type CallOptions } from "./transport.ts";
import { createWeightsClient, type WeightsClient } from "./weights-client.ts";

export interface ClientOptions {
  /** Where the server is, such as "http://127.0.0.1:8787"; a page of its own gives `location.origin`. */
  readonly address: string;
  /** Where the server wants one and no cookie holds it. */
  readonly token?: string | undefined;
  readonly fetch?: typeof fetch;
  readonly sleep?: Sleep;
}

export interface Client {
  readonly address: string;
  readonly runs: RunsClient;
  readonly weights: WeightsClient;
  readonly datasets: DatasetsClient;
  presets(options?: CallOptions): Promise<readonly PresetEntry[]>;
  /** Follows what happens, from one connection to the next, until `signal` aborts; see EventStreamOptions. */
  events(options: EventStreamOptions): Promise<void>;
  /** Has a browser keep the token in a cookie that no script can read. */
  signIn(token: string, options?: CallOptions): Promise<void>;
  signOut(options?: CallOptions): Promise<void>;
  /** Whether the server lives, and its version; needs no token. */
  health(options?: CallOptions): Promise<{ readonly status: "ok"; readonly version: string }>;
  /** Whether there are workers that would take a run up. */
  readiness(options?: CallOptions): Promise<Readiness>;
  /** Prometheus' text format. */
  metrics(options?: CallOptions): Promise<string>;
  /** The API's own description. */
  openApi(options?: CallOptions): Promise<unknown>;
}

/**
 * A typed client of a running server, for Deno, Node from 20 on, and browsers. Every answer is checked.
 *
 *     const client = createClient({ address: "http://127.0.0.1:8787" });
 *     const { run } = await client.runs.submit({ preset: "quick" });
 *     const done = new AbortController();
 *     await client.events({
 *       run: run.id,
 *       after: 0,
 *       signal: done.signal,
 *       onEvent: (event) => {
 *         if (event.kind === "task-finished") console.log(event.title);
 *         if (event.kind === "run-changed" && event.state === "finished") done.abort();
 *       },
 *     });
 *     const { seeds } = await client.runs.result(run.id);
 *
 * What asks only, and `runs.submit`, is sent again up to twice when nothing answers or the server is busy. Every method takes
 * `signal`, and rejects with its reason once it aborts, but `events`, which then resolves.
 *
 * Errors: ProblemError where the server refuses and says why, UnreachableError where no answer comes, AnswerError where it is not one
 * of this version's server, which programs need not tell apart: each message is a sentence for people.
 *
 * @throws {TypeError} If the address is not one of http or https.
 */
export function createClient({
  address,
  token,
  fetch = globalThis.fetch,
  sleep = realSleep,
}: ClientOptions): Client {
  const send: typeof fetch = (input, init) => fetch(input, init); // Browsers' fetch must not be called as a method.
  const transport = createTransport({ address, token, fetch: send, sleep });
  const runs = createRunsClient(transport, newKey);

  return {
    address: transport.address,
    runs,
    weights: createWeightsClient(transport),
    datasets: createDatasetsClient(transport),
    presets: async ({ signal } = {}) =>
      (await transport.call({ path: "/api/v1/presets", signal }, readJson(presetListSchema))).presets,
    events: (options) => followEvents(transport, options, { sleep }),
    signIn: (given, { signal } = {}) =>
      transport.call(
        {
          method: "POST",
          path: "/api/v1/session",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ token: given }),
          signal,
        },
        readNothing,
      ),
    signOut: ({ signal } = {}) =>
      transport.call({ method: "DELETE", path: "/api/v1/session", signal }, readNothing),
    health: ({ signal } = {}) => transport.call({ path: "/healthz", signal }, readJson(healthSchema)),
    readiness: ({ signal } = {}) =>
      transport.call({ path: "/readyz", accepts: [503], signal }, readJson(readinessSchema)),
    metrics: ({ signal } = {}) => transport.call({ path: "/metrics", signal }, readText),
    openApi: ({ signal } = {}) => transport.call({ path: "/openapi.json", signal }, readJson(v.unknown())),
  };
}

/** Made of 128 random bits: crypto.randomUUID is missing from pages that came over plain http. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
