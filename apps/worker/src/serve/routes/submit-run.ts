import { runRequestSchema, runSummarySchema } from "@gambeson/contract";
import { Hono } from "hono";
import * as v from "valibot";
import { mendRun } from "../mend-run.ts";
import { limitBody, requireMediaType } from "../request-body.ts";
import { checked, documented, json } from "../route-docs.ts";
import type { ServeContext } from "../serve-context.ts";
import type { ServeEnv } from "../serve-env.ts";
import { submissionOf } from "../submission-of.ts";

const headersSchema = v.object({
  "idempotency-key": v.optional(
    v.pipe(v.string(), v.regex(/^[\x20-\x7e]{1,200}$/, "must be 1 to 200 printable ASCII characters")),
  ),
});

/** POST /runs. */
export function submitRunRoutes(context: ServeContext): Hono<ServeEnv> {
  return new Hono<ServeEnv>().post(
    "/runs",
    documented({
      summary: "Queues a run",
      tag: "runs",
      description:
        "The same resolved config and code version answers with the run that there is, unless `fresh` is asked for; so does the same Idempotency-Key. A finished one that has lost files is queued again, to make them anew.",
      answers: {
        201: json("RunSummary", runSummarySchema, "A new run, queued"),
        200: json("RunSummary", runSummarySchema, "The run that there was already"),
      },
      refusals: [
        "REQUEST_INVALID",
        "BODY_TOO_LARGE",
        "BODY_TOO_SLOW",
        "MEDIA_TYPE",
        "CONFIG_INVALID",
        "DATASET_UNKNOWN",
        "IDEMPOTENCY_KEY_REUSED",
        "TOO_MANY_RUNS",
        "STORAGE_FULL",
      ],
    }),
    requireMediaType("application/json"),
    limitBody(context.limits),
    checked("header", headersSchema),
    checked("json", runRequestSchema),
    async (c) => {
      const key = c.req.valid("header")["idempotency-key"] ?? null;
      const submission = submissionOf(c.req.valid("json"), key, context);
      const { run: answer, created } = await context.state.runs.create(submission);
      const run = (created ? null : await mendRun(context, answer)) ?? answer;
      context.log.info("run submitted", { request: c.get("requestId"), run: run.id, created });
      return c.json(run, created ? 201 : 200, { location: `/api/v1/runs/${run.id}` });
    },
  );
}
