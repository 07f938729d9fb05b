import type { MiddlewareHandler } from "hono";
import { cors } from "hono/cors";

/** Lets the pages of the origins that were configured read answers; with none configured, nothing is said to any. */
export function allowOrigins(origins: ReadonlySet<string>): MiddlewareHandler {
  const answer = cors({
    origin: (origin) => (origins.has(origin) ? origin : null),
    allowMethods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
    allowHeaders: [
      "authorization",
      "content-type",
      "idempotency-key",
      "if-none-match",
      "last-event-id",
      "range",
    ],
    exposeHeaders: ["content-range", "etag", "location", "retry-after", "x-gambeson-shape", "x-request-id"],
    maxAge: 600,
  });
  return async (c, next) => {
    const origin = c.req.header("origin");
    if (origin === undefined || !origins.has(origin)) return next();
    const isPreflight = c.req.header("access-control-request-method") !== undefined;
    return c.req.method === "OPTIONS" && !isPreflight ? next() : answer(c, next);
  };
}
