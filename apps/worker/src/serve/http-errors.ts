import { ConfigError, type ErrorCode, type Problem } from "@gambeson/contract";
import { HTTPException } from "hono/http-exception";
import { Refusal } from "../state/refusal.ts";
import { systemFailure } from "./system-failure.ts";

/** The one table from code to status; a code without a status does not compile. */
export const STATUS_OF = {
  REQUEST_INVALID: 400,
  UNAUTHENTICATED: 401,
  CROSS_SITE: 403,
  NOT_FOUND: 404,
  RUN_NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  NOT_ACCEPTABLE: 406,
  BODY_TOO_SLOW: 408,
  RUN_STATE: 409,
  RESULT_NOT_READY: 409,
  ARTEFACT_MISSING: 410,
  BODY_TOO_LARGE: 413,
  MEDIA_TYPE: 415,
  RANGE_NOT_SATISFIABLE: 416,
  HOST_UNKNOWN: 421,
  CONFIG_INVALID: 422,
  FILE_INVALID: 422,
  DATASET_UNKNOWN: 422,
  IDEMPOTENCY_KEY_REUSED: 422,
  TOO_MANY_RUNS: 429,
  STATE_DAMAGED: 500,
  INTERNAL: 500,
  STATE_BUSY: 503,
  STATE_GONE: 503,
  TOO_MANY_STREAMS: 503,
  STORAGE_FULL: 507,
} as const satisfies Record<ErrorCode, number>;

/** What each code means, whatever the request: a problem's title. */
export const TITLE_OF = {
  REQUEST_INVALID: "The request does not fit",
  UNAUTHENTICATED: "The server's token is needed",
  CROSS_SITE: "Another site's page may not do this",
  NOT_FOUND: "There is nothing here",
  RUN_NOT_FOUND: "There is no such run",
  METHOD_NOT_ALLOWED: "This address does not take this method",
  NOT_ACCEPTABLE: "It cannot be had in this form",
  RUN_STATE: "The run's state does not allow this",
  RESULT_NOT_READY: "The run has no result yet",
  ARTEFACT_MISSING: "A file of the run is missing or damaged",
  BODY_TOO_LARGE: "The body is too large",
  BODY_TOO_SLOW: "The body does not come",
  MEDIA_TYPE: "The body must be of another media type",
  RANGE_NOT_SATISFIABLE: "The range lies outside the file",
  HOST_UNKNOWN: "This server does not answer to this host's name",
  CONFIG_INVALID: "The config does not fit",
  FILE_INVALID: "The file does not hold what it should",
  DATASET_UNKNOWN: "There is no such data set",
  IDEMPOTENCY_KEY_REUSED: "The idempotency key belongs to another request",
  TOO_MANY_RUNS: "Too many runs are queued",
  STATE_DAMAGED: "The server's database is damaged",
  STATE_BUSY: "The server's database is busy",
  STATE_GONE: "The server's state folder is gone",
  INTERNAL: "The server failed",
  TOO_MANY_STREAMS: "Too many event streams are open",
  STORAGE_FULL: "The server's state folder cannot be written",
} as const satisfies Record<ErrorCode, string>;

const INTERNAL_DETAIL =
  "Cannot answer as the server must not fail: current value is a failure; its log has the details";

/** A problem, whatever was thrown. What the server did not foresee is told without details: they belong into its log. */
export function toProblem(error: unknown, requestId: string): Problem {
  const { code, message, issues } = toRefusal(error);
  return {
    type: `urn:gambeson:problem:${code.toLowerCase()}`,
    title: TITLE_OF[code],
    status: STATUS_OF[code],
    detail: message,
    code,
    requestId,
    ...(issues === undefined ? {} : { issues: [...issues] }),
  };
}

/** What was thrown, as the API tells it. */
function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof ConfigError)
    return new Refusal("CONFIG_INVALID", error.message, { issues: error.issues });
  if (error instanceof HTTPException) return ofHttpException(error);
  return new Refusal(...(systemFailure(error) ?? (["INTERNAL", INTERNAL_DETAIL] as const)));
}

/** Hono's own refusals: a body that is no JSON, and the like. */
function ofHttpException({ status, message }: HTTPException): Refusal {
  if (status >= 500) return new Refusal("INTERNAL", INTERNAL_DETAIL);
  const code = status === 413 ? "BODY_TOO_LARGE" : status === 415 ? "MEDIA_TYPE" : "REQUEST_INVALID";
  return new Refusal(
    code,
    `Cannot read the request as it must be well-formed: current value is "${message}"`,
  );
}
