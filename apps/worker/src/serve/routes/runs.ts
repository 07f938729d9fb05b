import { runListQuerySchema, runListSchema, runSchema } from "@gambeson/contract";
import { Hono } from "hono";
import { Refusal } from "../../state/refusal.ts";
import { checked, documented, json, oneRun } from "../route-docs.ts";
import type { ServeContext } from "../serve-context.ts";

/** GET /runs and /runs/:id. */
export function runRoutes({ state: { runs } }: ServeContext): Hono {
  const list = new Hono().get(
    "/runs",
    documented({
      summary: "Lists runs",
      tag: "runs",
      answers: { 200: json("RunList", runListSchema) },
      refusals: ["REQUEST_INVALID"],
    }),
    checked("query", runListQuerySchema),
    (c) => c.json(runs.list(c.req.valid("query"))),
  );
  return list.get(
    "/runs/:id",
    documented({
      summary: "One run with its tasks",
      tag: "runs",
      answers: { 200: json("Run", runSchema) },
      refusals: ["NOT_FOUND", "RUN_NOT_FOUND"],
    }),
    oneRun(),
    (c) => {
      const { id } = c.req.valid("param");
      const run = runs.get(id);
      if (run !== null) return c.json(run);
      throw new Refusal(
        "RUN_NOT_FOUND",
        `Cannot show run ${id} as it must be one that there is: current value is none`,
      );
    },
  );
}
