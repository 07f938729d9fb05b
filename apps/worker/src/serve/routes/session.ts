import { Hono } from "hono";
import { deleteCookie, setCookie } from "hono/cookie";
import * as v from "valibot";
import { Refusal } from "../../state/refusal.ts";
import { limitBody, requireMediaType } from "../request-body.ts";
import { SESSION_COOKIE } from "../require-token.ts";
import { checked, documented, nothing } from "../route-docs.ts";
import type { Limits } from "../serve-context.ts";
import type { TokenCheck } from "../token-check.ts";

const MOST_BYTES = 4096;
const COOKIE = { path: "/", httpOnly: true, sameSite: "Strict" } as const;
const sessionRequestSchema = v.strictObject({ token: v.pipe(v.string(), v.maxLength(1000)) });

/** POST and DELETE /session: how a browser, which cannot send the token with everything, comes in. */
export function sessionRoutes(check: TokenCheck | null, limits: Limits): Hono {
  const session = new Hono().post(
    "/session",
    documented({
      summary: "Lets a browser in by a cookie",
      tag: "session",
      answers: { 204: nothing("Come in") },
      refusals: ["REQUEST_INVALID", "UNAUTHENTICATED", "BODY_TOO_LARGE", "BODY_TOO_SLOW", "MEDIA_TYPE"],
    }),
    requireMediaType("application/json"),
    limitBody(limits, MOST_BYTES),
    checked("json", sessionRequestSchema),
    (c) => {
      if (check === null) return c.body(null, 204);
      if (!check.isToken(c.req.valid("json").token)) throw wrongToken();
      setCookie(c, SESSION_COOKIE, check.session, { ...COOKIE, secure: c.req.url.startsWith("https:") });
      return c.body(null, 204);
    },
  );
  return session.delete(
    "/session",
    documented({ summary: "Ends the cookie", tag: "session", answers: { 204: nothing("Good-bye") } }),
    (c) => {
      deleteCookie(c, SESSION_COOKIE, COOKIE);
      return c.body(null, 204);
    },
  );
}

function wrongToken(): Refusal {
  return new Refusal(
    "UNAUTHENTICATED",
    "Cannot let you in as the token must be the server's: current value is another",
  );
}
