import type { MiddlewareHandler } from "hono";
import { Refusal } from "../state/refusal.ts";

/** Against DNS rebinding: a page of evil.example that has its name point here still sends that name. */
export function refuseUnknownHosts(hosts: ReadonlySet<string>): MiddlewareHandler {
  return async (c, next) => {
    if (hosts.has(c.req.header("host")?.toLowerCase() ?? "")) return next();
    throw new Refusal(
      "HOST_UNKNOWN",
      "Cannot answer as the Host header must be one of this server's names: current value is another",
    );
  };
}
