import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { State } from "../state/state.ts";
import type { EventHub } from "./event-hub.ts";
import { workersHeardOf } from "./readiness.ts";
import type { ServeContext } from "./serve-context.ts";

/** What /metrics tells. */
export interface Metrics {
  /** Counts a request that was answered in so many seconds. */
  observe(request: ObservedRequest, seconds: number): void;
  /** @returns All of it, in Prometheus' text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

export interface ObservedRequest {
  readonly method: string;
  /** The route's pattern, not the address: there are few of them. */
  readonly route: string;
  readonly status: number;
}

const SECONDS = [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10];

/** Metrics of one server, in a registry of its own. */
export function createMetrics(context: ServeContext, hub: EventHub): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Counter({
    name: "gambeson_http_requests_total",
    help: "Requests answered.",
    labelNames: ["method", "route", "status"],
    registers,
  });
  const durations = new Histogram({
    name: "gambeson_http_request_duration_seconds",
    help: "Time until an answer began.",
    labelNames: ["method", "route"],
    buckets: SECONDS,
    registers,
  });
  const sample = createGauges(registry, context, hub);
  return {
    observe: ({ method, route, status }, seconds) => {
      requests.inc({ method, route, status });
      durations.observe({ method, route }, seconds);
    },
    text: () => {
      sample();
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}

/** @returns What to call before they are read. */
function createGauges(registry: Registry, context: ServeContext, hub: EventHub): () => void {
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `gambeson_${name}`, help, labelNames, registers: [registry] });
  gauge("build_info", "1; the labels say what runs.", ["version", "code"]).set(
    { version: context.version, code: context.code },
    1,
  );
  const streams = gauge("event_streams_open", "Event streams that are open.");
  const memory = gauge("process_memory_bytes", "Memory of the server's process.", ["kind"]);
  const stateUp = gauge("state_up", "1 when the database answers.");
  const sampleState = createStateGauges(gauge, context);
  return () => {
    const { rss, heapUsed } = Deno.memoryUsage();
    streams.set(hub.size);
    memory.set({ kind: "resident" }, rss);
    memory.set({ kind: "heap" }, heapUsed);
    stateUp.set(sampleState() ? 1 : 0);
  };
}

type MakeGauge = (name: string, help: string, labelNames?: string[]) => Gauge;

/** @returns What sets them, and says whether the database answered; where it does not they keep what they were. */
function createStateGauges(gauge: MakeGauge, { state, now }: ServeContext): () => boolean {
  const runs = gauge("runs", "Runs by state.", ["state"]);
  const tasks = gauge("tasks", "Tasks by state.", ["state"]);
  const workers = gauge("workers", "Workers that were heard of in the last seconds.");
  const events = gauge("last_event_id", "Id of the newest event.");
  return () => {
    const sampled = sampleState(state, now());
    if (sampled === null) return false;
    setByState(runs, sampled.runs);
    setByState(tasks, sampled.tasks);
    workers.set(sampled.workers);
    events.set(sampled.lastEventId);
    return true;
  };
}

function sampleState(state: State, now: number) {
  try {
    const workers = workersHeardOf(state, now);
    return { ...state.runs.counts(), workers, lastEventId: state.events.lastId() };
  } catch {
    return null;
  }
}

function setByState(gauge: Gauge, counts: Readonly<Record<string, number>>): void {
  gauge.reset();
  for (const [state, count] of Object.entries(counts)) gauge.set({ state }, count);
}
