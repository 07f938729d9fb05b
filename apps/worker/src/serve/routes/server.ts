import { healthSchema, readinessSchema } from "@gambeson/contract";
import { Hono } from "hono";
import type { Metrics } from "../metrics.ts";
import { readiness } from "../readiness.ts";
import { documented, file, json } from "../route-docs.ts";
import type { ServeContext } from "../serve-context.ts";

/** GET /healthz, /readyz and /metrics: for whoever looks after the server. */
export function serverRoutes({ state, version, now }: ServeContext, metrics: Metrics): Hono {
  const routes = new Hono().get(
    "/healthz",
    documented({
      summary: "Whether the process lives; needs no token",
      tag: "server",
      answers: { 200: json("Health", healthSchema) },
    }),
    (c) => c.json({ status: "ok", version }),
  );
  routes.get(
    "/readyz",
    documented({
      summary: "Whether runs that are queued now would be done",
      tag: "server",
      answers: {
        200: json("Readiness", readinessSchema, "They would"),
        503: json(
          "Readiness",
          readinessSchema,
          "No worker is there, the database does not answer, or the state folder is gone",
        ),
      },
    }),
    (c) => {
      const answer = readiness(state, now());
      return c.json(answer, answer.status === "ready" ? 200 : 503);
    },
  );
  return routes.get(
    "/metrics",
    documented({
      summary: "Metrics in Prometheus' text format",
      tag: "server",
      answers: { 200: file("Metrics", "text/plain") },
    }),
    async (c) => c.body(await metrics.text(), 200, { "content-type": metrics.contentType }),
  );
}
