import { runChangesSchema, runSummarySchema } from "@gambeson/contract";
import { Hono } from "hono";
import { findRun } from "../find-run.ts";
import { mendRun } from "../mend-run.ts";
import { limitBody, requireMediaType } from "../request-body.ts";
import { checked, documented, json, nothing, oneRun } from "../route-docs.ts";
import type { ServeContext } from "../serve-context.ts";

const run = json("RunSummary", runSummarySchema, "The run as it is now");

/** PATCH and DELETE /runs/:id; POST /runs/:id/cancel and /runs/:id/retry. */
export function runChangeRoutes(context: ServeContext): Hono {
  const { limits } = context;
  const { runs } = context.state;
  const changes = new Hono().patch(
    "/runs/:id",
    documented({
      summary: "Changes a run's name, tags or notes",
      tag: "runs",
      answers: { 200: run },
      refusals: [
        "REQUEST_INVALID",
        "NOT_FOUND",
        "RUN_NOT_FOUND",
        "BODY_TOO_LARGE",
        "BODY_TOO_SLOW",
        "MEDIA_TYPE",
        "STORAGE_FULL",
      ],
    }),
    oneRun(),
    requireMediaType("application/json"),
    limitBody(limits),
    checked("json", runChangesSchema),
    async (c) => c.json(await runs.change(c.req.valid("param").id, c.req.valid("json"))),
  );
  changes.post(
    "/runs/:id/cancel",
    documented({
      summary: "Ends a queued or running run; a cancelled one stays as it is",
      tag: "runs",
      answers: { 200: run },
      refusals: ["NOT_FOUND", "RUN_NOT_FOUND", "RUN_STATE", "STORAGE_FULL"],
    }),
    oneRun(),
    async (c) => c.json(await runs.cancel(c.req.valid("param").id)),
  );
  changes.post(
    "/runs/:id/retry",
    documented({
      summary: "Queues again what a failed or cancelled run has not finished, or a finished one has lost",
      tag: "runs",
      answers: { 200: run },
      refusals: ["NOT_FOUND", "RUN_NOT_FOUND", "RUN_STATE", "TOO_MANY_RUNS", "STORAGE_FULL"],
    }),
    oneRun(),
    async (c) => {
      const { id } = c.req.valid("param");
      return c.json((await mendRun(context, findRun(context, id))) ?? (await runs.retry(id)));
    },
  );
  return changes.delete(
    "/runs/:id",
    documented({
      summary: "Forgets a run that is not queued or running",
      tag: "runs",
      answers: { 204: nothing("It is gone") },
      refusals: ["NOT_FOUND", "RUN_NOT_FOUND", "RUN_STATE", "STORAGE_FULL"],
    }),
    oneRun(),
    async (c) => {
      await runs.remove(c.req.valid("param").id);
      return c.body(null, 204);
    },
  );
}
