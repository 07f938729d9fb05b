import * as v from "valibot";

/** Everything that a worker's API refuses or fails with. Each has one status; the worker's table does not compile without it. */
export const ERROR_CODES = [
  "REQUEST_INVALID",
  "UNAUTHENTICATED",
  "CROSS_SITE",
  "NOT_FOUND",
  "RUN_NOT_FOUND",
  "METHOD_NOT_ALLOWED",
  "NOT_ACCEPTABLE",
  "RUN_STATE",
  "RESULT_NOT_READY",
  "ARTEFACT_MISSING",
  "BODY_TOO_LARGE",
  "BODY_TOO_SLOW",
  "MEDIA_TYPE",
  "RANGE_NOT_SATISFIABLE",
  "HOST_UNKNOWN",
  "CONFIG_INVALID",
  "FILE_INVALID",
  "DATASET_UNKNOWN",
  "IDEMPOTENCY_KEY_REUSED",
  "TOO_MANY_RUNS",
  "TOO_MANY_STREAMS",
  "STATE_BUSY",
  "STATE_DAMAGED",
  "STATE_GONE",
  "STORAGE_FULL",
  "INTERNAL",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** What every refusal's body is, `application/problem+json`. Source: RFC 9457. */
export const problemSchema = v.object({
  /** "urn:gambeson:problem:" and the code in lower case: an identifier, not an address. */
  type: v.string(),
  /** The same for every problem of one code. */
  title: v.string(),
  status: v.pipe(v.number(), v.integer(), v.minValue(400), v.maxValue(599)),
  /** What must be otherwise, in one sentence. */
  detail: v.string(),
  code: v.picklist(ERROR_CODES),
  /** Of the request; the worker's log has it, too. */
  requestId: v.string(),
  /** For CONFIG_INVALID and REQUEST_INVALID: what is wrong at which place. */
  issues: v.optional(v.array(v.object({ path: v.string(), message: v.string() }))),
});
export type Problem = v.InferOutput<typeof problemSchema>;
