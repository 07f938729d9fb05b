import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { Refusal } from "../state/refusal.ts";
import { toProblem } from "./http-errors.ts";
import type { Log } from "./log.ts";
import type { ServeEnv } from "./serve-env.ts";

/** Seconds after which a client that was refused for a crowd may ask again. */
const RETRY_AFTER: Readonly<Record<string, string>> = {
  TOO_MANY_RUNS: "30",
  TOO_MANY_STREAMS: "5",
  STATE_BUSY: "1",
};

/** Answers with what was thrown as `application/problem+json`; what the server is to blame for goes to its log, whole. */
export function answerProblem(error: unknown, c: Context<ServeEnv>, log: Log): Response {
  const request = c.get("requestId");
  const problem = toProblem(error, request);
  if (problem.status >= 500)
    log.error("request failed", { request, code: problem.code, reason: reasonOf(error) });
  const retryAfter = RETRY_AFTER[problem.code];
  if (retryAfter !== undefined) c.header("retry-after", retryAfter);
  if (error instanceof Refusal)
    for (const [name, value] of Object.entries(error.headers)) c.header(name, value);
  return c.body(JSON.stringify(problem), problem.status as ContentfulStatusCode, {
    "content-type": "application/problem+json",
  });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? "" : ` (${reasonOf(error.cause)})`;
  return `${error.stack ?? error.message}${cause}`;
}
