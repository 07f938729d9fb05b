import { runIdSchema } from "@gambeson/contract";
import { Hono } from "hono";
import * as v from "valibot";
import { Refusal } from "../../state/refusal.ts";
import type { EventHub } from "../event-hub.ts";
import { openEventStream } from "../event-stream.ts";
import { checked, documented, file } from "../route-docs.ts";

export interface EventRouteOptions {
  /** Most streams at once. */
  readonly most: number;
  readonly heartbeatMs: number;
  readonly stalledMs: number;
}

const eventIdSchema = v.pipe(v.string(), v.regex(/^\d{1,15}$/, "must be an event's id"), v.transform(Number));
const querySchema = v.strictObject({
  /** Only this run's events. */
  run: v.optional(runIdSchema),
  after: v.optional(eventIdSchema),
});
const headersSchema = v.object({ "last-event-id": v.optional(eventIdSchema) });

const HEADERS = { "content-type": "text/event-stream", "cache-control": "no-store, no-transform" };
const DESCRIPTION =
  "Server-sent events: `id` is the event's, `event` its kind, `data` the event as JSON. The stream goes on after Last-Event-ID or, without one, after the event `after`; without either it begins now.";

/** GET /events. */
export function eventRoutes(hub: EventHub, { most, heartbeatMs, stalledMs }: EventRouteOptions): Hono {
  return new Hono().get(
    "/events",
    documented({
      summary: "What happens, as it happens",
      tag: "events",
      description: DESCRIPTION,
      answers: { 200: file("Events", "text/event-stream") },
      refusals: ["REQUEST_INVALID", "TOO_MANY_STREAMS"],
    }),
    checked("query", querySchema),
    checked("header", headersSchema),
    (c) => {
      const { run, after } = c.req.valid("query");
      requireRoom(hub, most);
      const newest = hub.lastId();
      // An id that is still to come is from a state folder that is gone.
      const from = Math.min(c.req.valid("header")["last-event-id"] ?? after ?? newest, newest);
      if (c.req.method === "HEAD") return c.body(null, 200, HEADERS);
      return c.body(openEventStream(hub, { after: from, run, heartbeatMs, stalledMs }), 200, HEADERS);
    },
  );
}

function requireRoom(hub: EventHub, most: number): void {
  if (hub.size < most) return;
  throw new Refusal(
    "TOO_MANY_STREAMS",
    `Cannot open another event stream as at most ${most} must be open: current value is ${hub.size}`,
  );
}
