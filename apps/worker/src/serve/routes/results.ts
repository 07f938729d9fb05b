import { resultSchema } from "@gambeson/contract";
import { Hono } from "hono";
import * as v from "valibot";
import { entityTag } from "../entity-tag.ts";
import { runParam } from "../find-run.ts";
import { reportFile } from "../report-file.ts";
import { checked, documented, file, json } from "../route-docs.ts";
import { createRunResults } from "../run-results.ts";
import { sendMade } from "../send-file.ts";
import type { ServeContext } from "../serve-context.ts";
import type { ServeEnv } from "../serve-env.ts";
import { RESULT_REFUSALS } from "../table-answer.ts";
import { rocRoutes } from "./roc.ts";
import { tableRoutes } from "./tables.ts";

const fileParam = v.object({
  ...runParam.entries,
  name: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,60}\.[a-z]{1,5}$/, "must be a file's name")),
});

/** GET /runs/:id/result.json, report.html and files/:name; and what tables.ts and roc.ts have. */
export function resultRoutes(context: ServeContext): Hono<ServeEnv> {
  const resultOf = createRunResults(context);
  return new Hono<ServeEnv>()
    .get(
      "/runs/:id/result.json",
      documented({
        summary: "The whole result of a finished run",
        tag: "results",
        answers: { 200: json("Result", resultSchema) },
        refusals: RESULT_REFUSALS,
      }),
      checked("param", runParam),
      (c) => {
        const { version, file: resultFile } = resultOf(c.req.valid("param").id);
        return sendMade(c, { mediaType: "application/json", tag: entityTag(version) }, resultFile);
      },
    )
    .get(
      "/runs/:id/report.html",
      documented({
        summary: "The report of a finished run as a page of its own",
        tag: "results",
        answers: { 200: file("The page", "text/html") },
        refusals: RESULT_REFUSALS,
      }),
      checked("param", runParam),
      async (c) => {
        const { facts, text } = await reportFile(resultOf(c.req.valid("param").id), "report.html");
        return sendMade(c, facts, () => text);
      },
    )
    .get(
      "/runs/:id/files/:name",
      documented({
        summary: "One of the report's files",
        tag: "results",
        description:
          "report.html; table.csv, auc.csv, table.tex; accuracy-epsilon.svg, rho2.svg, samples.svg, training.svg, and roc-class-N.svg for each of the config's `rocClasses`.",
        answers: { 200: file("The file", "image/svg+xml", "text/csv", "application/x-tex", "text/html") },
        refusals: RESULT_REFUSALS,
      }),
      checked("param", fileParam),
      async (c) => {
        const { id, name } = c.req.valid("param");
        const { facts, text } = await reportFile(resultOf(id), name);
        return sendMade(c, facts, () => text);
      },
    )
    .route("/", tableRoutes(context, resultOf))
    .route("/", rocRoutes(context, resultOf));
}
