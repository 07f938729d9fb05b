import type { MiddlewareHandler } from "hono";
import { Refusal } from "../state/refusal.ts";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);
const OWN_SITES = new Set([undefined, "same-origin", "none"]);

/**
 * Refuses changes that another site's page asks for. Browsers send Origin with every such request, and Sec-Fetch-Site to
 * trustworthy addresses; a command line sends neither.
 *
 * @param origins Those whose pages may, besides the server's own.
 */
export function refuseCrossSite(origins: ReadonlySet<string>): MiddlewareHandler {
  return async (c, next) => {
    const [origin, host] = [c.req.header("origin"), c.req.header("host")?.toLowerCase()];
    const isOwn = origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
    if (SAFE_METHODS.has(c.req.method) || (origin !== undefined && origins.has(origin))) return next();
    if (isOwn && OWN_SITES.has(c.req.header("sec-fetch-site"))) return next();
    throw new Refusal(
      "CROSS_SITE",
      "Cannot change anything as the page that asks must be this server's own: current value is another site's",
    );
  };
}
