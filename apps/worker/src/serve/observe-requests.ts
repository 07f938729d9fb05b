import type { Context, MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";
import type { Metrics } from "./metrics.ts";
import type { ServeContext } from "./serve-context.ts";
import type { ServeEnv } from "./serve-env.ts";

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
const RUN_IN_PATH = /^\/api\/v1\/runs\/(r[0-9a-z]{19})(?:\/|$)/;

/**
 * Gives each request an id, which its answer and its line in the log carry, and counts it. The log says which route was asked
 * for and never what with: no address, query, header or body.
 */
export function observeRequests({ log }: ServeContext, metrics: Metrics): MiddlewareHandler<ServeEnv> {
  return async (c, next) => {
    // For the address "/*" itself Hono's router gives what is used everywhere twice.
    if ((c.get("requestId") as string | undefined) !== undefined) return next();
    const request = crypto.randomUUID();
    // The wall clock may be set meanwhile.
    const begun = performance.now();
    c.set("requestId", request);
    await next();
    const ms = Math.round(100 * (performance.now() - begun)) / 100;
    const seen = {
      method: METHODS.has(c.req.method) ? c.req.method : "other",
      route: routeOf(c),
      status: c.res.status,
    };
    const run = RUN_IN_PATH.exec(c.req.path)?.[1];
    c.res.headers.set("x-request-id", request);
    metrics.observe(seen, ms / 1000);
    log.info("request", { request, ...seen, ms, ...(run === undefined ? {} : { run }) });
  };
}

/** The pattern that answered: "/api/v1/runs/:id"; "(none)" where only middleware did. */
function routeOf(c: Context): string {
  return (
    matchedRoutes(c)
      .filter(({ method }) => method !== "ALL")
      .at(-1)?.path ?? "(none)"
  );
}
