import type { Context, MiddlewareHandler } from "hono";
import { getCookie } from "hono/cookie";
import { Refusal } from "../state/refusal.ts";
import type { TokenCheck } from "./token-check.ts";

export const SESSION_COOKIE = "gambeson-session";
const OPEN = new Set(["GET /healthz", "HEAD /healthz", "POST /api/v1/session"]);

/** Refuses whoever brings neither the token nor a session made of it. @param check Null where the server has no token. */
export function requireToken(check: TokenCheck | null): MiddlewareHandler {
  return async (c, next) => {
    if (check === null || OPEN.has(`${c.req.method} ${c.req.path}`) || isKnown(c, check)) return next();
    c.header("www-authenticate", 'Bearer realm="gambeson"');
    throw new Refusal(
      "UNAUTHENTICATED",
      "Cannot answer as the header Authorization must be 'Bearer' and the server's token: current value is not",
    );
  };
}

function isKnown(c: Context, check: TokenCheck): boolean {
  const token = /^bearer +(\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
  if (token !== undefined) return check.isToken(token);
  const session = getCookie(c, SESSION_COOKIE);
  return session !== undefined && check.isSession(session);
}
