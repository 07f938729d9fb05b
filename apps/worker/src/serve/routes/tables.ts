import { modelIdSchema, type ErrorCode } from "@gambeson/contract";
import { Hono } from "hono";
import * as v from "valibot";
import { MEDIA_TYPE_OF, TABLE_FORMATS, tableFile, type TableFormat } from "../data-table.ts";
import { entityTag } from "../entity-tag.ts";
import { findRun, runParam } from "../find-run.ts";
import { imageTable } from "../image-table.ts";
import { reportFile } from "../report-file.ts";
import { aucTable, curveTable, mainTable, rocCurves, rocJson, rocTable } from "../result-tables.ts";
import { checked, documented, file } from "../route-docs.ts";
import { modelsOfRun, requireRows } from "../run-images.ts";
import type { RunResults } from "../run-results.ts";
import { sendMade, type FileFacts } from "../send-file.ts";
import type { ServeContext } from "../serve-context.ts";
import type { ServeEnv } from "../serve-env.ts";
import { streamOf } from "../stream-of.ts";

export const RESULT_REFUSALS: readonly ErrorCode[] = [
  "RUN_NOT_FOUND",
  "RESULT_NOT_READY",
  "ARTEFACT_MISSING",
];

/** Tables that are made of the result alone. */
const TABLES = {
  table: { summary: "The main table: a row a model, means and deviations over the seeds", of: mainTable },
  auc: { summary: "The area under every ROC curve: a row a model, image set and class", of: aucTable },
  curves: { summary: "Accuracy under FGS against epsilon: a row a seed, model and epsilon", of: curveTable },
} as const;

const rocQuery = v.strictObject({
  seed: v.optional(v.pipe(v.string(), v.regex(/^\d{1,10}$/, "must be a seed"), v.transform(Number))),
  model: v.optional(modelIdSchema),
  class: v.optional(v.pipe(v.string(), v.regex(/^\d{1,3}$/, "must be a class"), v.transform(Number))),
});

/** GET /runs/:id/table, auc, curves, roc and images, each as .csv, .json and .parquet; and table.tex. */
export function tableRoutes(context: ServeContext, results: RunResults): Hono<ServeEnv> {
  const app = new Hono<ServeEnv>();
  const factsOf = (name: string, format: TableFormat, ...versions: readonly string[]): FileFacts => ({
    mediaType: MEDIA_TYPE_OF[format],
    tag: entityTag(...versions, context.version, name, format),
    ...(format === "json" ? {} : { saveAs: `${name}.${format}` }),
  });

  for (const [name, { summary, of }] of Object.entries(TABLES)) {
    for (const format of TABLE_FORMATS) {
      app.get(
        `/runs/:id/${name}.${format}`,
        documented({ summary, tag: "results", answers: answerIn(format), refusals: RESULT_REFUSALS }),
        checked("param", runParam),
        (c) => {
          const { id } = c.req.valid("param");
          const facts = factsOf(name, format, results.version(id));
          return sendMade(c, facts, async () => tableFile(of(await results.result(id)), format));
        },
      );
    }
  }

  app.get(
    "/runs/:id/table.tex",
    documented({
      summary: "The main table and the AUCs for LaTeX with booktabs",
      tag: "results",
      answers: { 200: file("The tables", "application/x-tex") },
      refusals: RESULT_REFUSALS,
    }),
    checked("param", runParam),
    async (c) => {
      const { facts, text } = await reportFile(results, c.req.valid("param").id, "table.tex");
      return sendMade(c, facts, () => text);
    },
  );

  for (const format of TABLE_FORMATS) {
    app.get(
      `/runs/:id/roc.${format}`,
      documented({
        summary: "ROC curves, one class against the rest",
        tag: "results",
        description:
          format === "json"
            ? "Each curve once, its vertices as lists of counts."
            : "A row a vertex: counts of false and true positives, and of how many.",
        answers: answerIn(format),
        refusals: [...RESULT_REFUSALS, "REQUEST_INVALID"],
      }),
      checked("param", runParam),
      checked("query", rocQuery),
      (c) => {
        const { id } = c.req.valid("param");
        const query = c.req.valid("query");
        const facts = factsOf("roc", format, results.version(id), JSON.stringify(query));
        return sendMade(c, facts, async () => {
          const curves = rocCurves(await results.result(id), query);
          return format === "json" ? streamOf(rocJson(curves)) : tableFile(rocTable(curves), format);
        });
      },
    );
  }

  for (const format of ["csv", "parquet"] as const) {
    app.get(
      `/runs/:id/images.${format}`,
      documented({
        summary:
          "How every model took every test image, benign and under DeepFool and FGS: a row an image and model",
        tag: "images",
        answers: answerIn(format),
        refusals: RESULT_REFUSALS,
      }),
      checked("param", runParam),
      async (c) => {
        const models = modelsOfRun(findRun(context, c.req.valid("param").id));
        const facts = factsOf("images", format, ...(await requireRows(context, models)));
        return sendMade(c, facts, () => tableFile(imageTable(context, models), format));
      },
    );
  }
  return app;
}

function answerIn(format: TableFormat) {
  return { 200: file("The table", MEDIA_TYPE_OF[format].split(";")[0]!) };
}
