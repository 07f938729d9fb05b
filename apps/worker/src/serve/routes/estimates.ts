import { estimateSchema, runRequestSchema } from "@gambeson/contract";
import { Hono } from "hono";
import { estimateOf } from "../estimate-of.ts";
import { limitBody, requireMediaType } from "../request-body.ts";
import { requestedExperiment } from "../requested-experiment.ts";
import { checked, documented, json } from "../route-docs.ts";
import type { ServeContext } from "../serve-context.ts";

/** POST /estimates: nothing is queued or kept. */
export function estimateRoutes(context: ServeContext): Hono {
  return new Hono().post(
    "/estimates",
    documented({
      summary: "Tells how much work a run would be, and queues nothing",
      tag: "runs",
      description: "Takes what POST /runs takes, and refuses the same configs with the same issues.",
      answers: { 200: json("Estimate", estimateSchema) },
      refusals: [
        "REQUEST_INVALID",
        "BODY_TOO_LARGE",
        "BODY_TOO_SLOW",
        "MEDIA_TYPE",
        "CONFIG_INVALID",
        "DATASET_UNKNOWN",
      ],
    }),
    requireMediaType("application/json"),
    limitBody(context.limits),
    checked("json", runRequestSchema),
    (c) => c.json(estimateOf(requestedExperiment(c.req.valid("json"), context))),
  );
}
