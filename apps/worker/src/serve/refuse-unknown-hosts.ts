import type { MiddlewareHandler } from "hono";
import { Refusal } from "../state/refusal.ts";

/**
 * Against DNS rebinding: a page of evil.example that has its name point here still sends that name. An address that is asked for
 * whole, as proxies are, counts for more than the Host header, and need not even be one.
 *
 * Source: RFC 9112, section 3.2.2.
 */
export function refuseUnknownHosts(hosts: ReadonlySet<string>): MiddlewareHandler {
  return async (c, next) => {
    const isOurs = hosts.has(c.req.header("host")?.toLowerCase() ?? "") && isOneOf(hosts, c.req.url);
    if (isOurs) return next();
    throw new Refusal(
      "HOST_UNKNOWN",
      "Cannot answer as the Host header must be one of this server's names: current value is another",
    );
  };
}

function isOneOf(hosts: ReadonlySet<string>, address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { host, port } = new URL(address);
  return hosts.has(host) || (port === "" && hosts.has(`${host}:80`));
}
