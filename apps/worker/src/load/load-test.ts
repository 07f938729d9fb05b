import { DatabaseSync } from "node:sqlite";
import type { Run } from "@gambeson/contract";
import { pause, type Service } from "../crash/service.ts";
import { ask } from "../crash/submit-tiny.ts";
import { faultsOf, openStream, type StreamClient } from "./stream-client.ts";

export interface LoadOptions {
  readonly streams: number;
  /** Clients that ask for results, images and lists, once a second each; 0 where no run has finished yet. */
  readonly readers: number;
  /** How often, in all, a stream is cut off while it is read. */
  readonly reconnects: number;
  /** The finished run that readers read. */
  readonly finished: string | null;
  /** Does the work that is watched; resolves when it has ended. */
  readonly work: () => Promise<void>;
}

export interface LoadReport {
  readonly events: number;
  readonly deliveries: number;
  readonly reconnects: number;
  /** From an event's own time to its arrival, in milliseconds; of clients that were connected all the time. */
  readonly delayMs: { readonly p50: number; readonly p99: number; readonly most: number };
  /** Gaps, repetitions and wrong order, of all clients. */
  readonly faults: readonly string[];
  readonly reads: number;
  /** Answers to readers other than 200. */
  readonly failedReads: readonly string[];
  readonly readMs: { readonly p50: number; readonly p99: number };
  /** From the last client's going to no open stream on the server, in milliseconds; infinite where some stay open. */
  readonly cleanUpMs: number;
}

const PATIENCE_MS = 20_000;

/** Watches a server's work with many clients at once, cuts them off at random, and looks whether each got every event once. */
export async function loadTest(service: Service, options: LoadOptions): Promise<LoadReport> {
  const { streams, readers, reconnects, finished, work } = options;
  const after = lastEventId(service);
  const clients = Array.from({ length: streams }, () => openStream(service.address, after));
  if (!(await comesTrue(async () => (await openStreams(service)) === streams)))
    throw new Error(`${await openStreams(service)} of ${streams} streams are open`);
  const stop = new AbortController();
  const reads: Read[] = [];
  const reading = Array.from({ length: finished === null ? 0 : readers }, (_, index) =>
    readOnAndOn(service, finished!, { index, reads, signal: stop.signal }),
  );
  const cutting = cutAtRandom(clients, reconnects, stop.signal);
  await work();
  stop.abort();
  await Promise.all([...reading, cutting]);

  const ids = eventIds(service, after);
  const last = ids.at(-1) ?? after;
  // What does not come shows in the faults.
  await comesTrue(() => clients.every(({ received }) => (received.at(-1)?.id ?? after) >= last));
  const faults = clients.flatMap((client, index) =>
    faultsOf(client, ids).map((fault) => `client ${index}: ${fault}`),
  );
  const done = clients.reduce((sum, client) => sum + client.reconnects, 0);
  const delays = clients
    .filter((client) => client.reconnects === 0)
    .flatMap(({ received }) => received.map(({ delayMs }) => delayMs));
  await Promise.all(clients.map((client) => client.stop()));
  const goneAt = performance.now();
  const isClean = await comesTrue(async () => (await openStreams(service)) === 0);
  const cleanUpMs = isClean ? performance.now() - goneAt : Infinity;
  return {
    events: ids.length,
    deliveries: clients.reduce((sum, { received }) => sum + received.length, 0),
    reconnects: done,
    delayMs: { p50: quantile(delays, 0.5), p99: quantile(delays, 0.99), most: quantile(delays, 1) },
    faults,
    reads: reads.length,
    failedReads: reads.flatMap(({ failure }) => failure ?? []),
    readMs: {
      p50: quantile(
        reads.map(({ ms }) => ms),
        0.5,
      ),
      p99: quantile(
        reads.map(({ ms }) => ms),
        0.99,
      ),
    },
    cleanUpMs,
  };
}

interface Read {
  readonly ms: number;
  readonly failure: string | null;
}

/** What a page asks for. */
function readOnAndOn(
  service: Service,
  run: string,
  { index, reads, signal }: { readonly index: number; readonly reads: Read[]; readonly signal: AbortSignal },
): Promise<void> {
  const paths = [
    `/api/v1/runs/${run}/result.json`,
    `/api/v1/runs/${run}/images?fooled=true&limit=20`,
    `/api/v1/runs/${run}/images/${index % 40}.png?view=deepfool&scale=4`,
    `/api/v1/runs/${run}/curves.json`,
    "/api/v1/runs?limit=20",
  ];
  return (async () => {
    for (let turn = index; !signal.aborted; turn++) {
      const path = paths[turn % paths.length]!;
      const startedAt = performance.now();
      const response = await fetch(`${service.address}${path}`);
      await response.arrayBuffer();
      const ms = performance.now() - startedAt;
      reads.push({ ms, failure: response.ok ? null : `${path}: ${response.status}` });
      await pause(1000 - Math.min(ms, 900));
    }
  })();
}

/** Spreads the cuts over the clients, but for some that are never cut and show the delay. */
async function cutAtRandom(
  clients: readonly StreamClient[],
  count: number,
  signal: AbortSignal,
): Promise<void> {
  const victims = clients.slice(Math.ceil(clients.length / 10));
  for (let cut = 0; cut < count; cut++) {
    victims[(cut * 7919) % victims.length]?.cut();
    await pause(signal.aborted ? 5 : 25);
  }
}

function lastEventId(service: Service): number {
  return withDatabase(service, (db) =>
    Number(db.prepare("SELECT coalesce(max(id), 0) AS id FROM events").get()?.id),
  );
}

function eventIds(service: Service, after: number): number[] {
  return withDatabase(service, (db) =>
    db
      .prepare("SELECT id FROM events WHERE id > ? ORDER BY id")
      .all(after)
      .map(({ id }) => Number(id)),
  );
}

function withDatabase<T>(service: Service, use: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(`${service.stateFolder}/gambeson.db`, { readOnly: true });
  try {
    return use(db);
  } finally {
    db.close();
  }
}

async function openStreams(service: Service): Promise<number> {
  const response = await fetch(`${service.address}/metrics`);
  return Number(/event_streams_open\S* (\d+)/.exec(await response.text())?.[1] ?? NaN);
}

/** Looks until it is so, or for too long. @returns Which of the two. */
async function comesTrue(look: () => boolean | Promise<boolean>): Promise<boolean> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await look())) {
    if (Date.now() > end) return false;
    await pause(10);
  }
  return true;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** Waits for a run's end. @returns How long it took, in seconds, by the server's own clock. */
export async function runSeconds(service: Service, id: string): Promise<number> {
  for (;;) {
    const run = (await ask(service, `/api/v1/runs/${id}`)) as Run;
    if (run.state === "finished") return (Date.parse(run.finishedAt!) - Date.parse(run.startedAt!)) / 1000;
    if (run.state === "failed") throw new Error(`the run failed: ${run.error ?? ""}`);
    await pause(250);
  }
}
