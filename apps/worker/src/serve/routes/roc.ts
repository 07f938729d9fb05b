import { modelIdSchema } from "@gambeson/contract";
import { Hono } from "hono";
import * as v from "valibot";
import { TABLE_FORMATS, tableFile } from "../data-table.ts";
import { runParam } from "../find-run.ts";
import { rocCurves, rocJson, rocTable } from "../result-tables.ts";
import { checked, documented } from "../route-docs.ts";
import type { FindResult } from "../run-results.ts";
import { sendMade } from "../send-file.ts";
import type { ServeContext } from "../serve-context.ts";
import type { ServeEnv } from "../serve-env.ts";
import { streamOf } from "../stream-of.ts";
import { RESULT_REFUSALS, tableAnswer, tableFacts } from "../table-answer.ts";

const number = (pattern: RegExp, message: string) =>
  v.optional(v.pipe(v.string(), v.regex(pattern, message), v.transform(Number)));
/** Only curves that agree with every key. */
const rocQuery = v.strictObject({
  seed: number(/^\d{1,10}$/, "must be a seed"),
  model: v.optional(modelIdSchema),
  class: number(/^\d{1,3}$/, "must be a class"),
});

/** GET /runs/:id/roc.csv, .json and .parquet. */
export function rocRoutes({ version }: ServeContext, resultOf: FindResult): Hono<ServeEnv> {
  const app = new Hono<ServeEnv>();
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
        answers: tableAnswer(format),
        refusals: [...RESULT_REFUSALS, "REQUEST_INVALID"],
      }),
      checked("param", runParam),
      checked("query", rocQuery),
      (c) => {
        const { id } = c.req.valid("param");
        const query = c.req.valid("query");
        const { version: ofResult, result } = resultOf(id);
        const facts = tableFacts("roc", format, [ofResult, version, JSON.stringify(query)]);
        return sendMade(c, facts, async () => {
          const curves = rocCurves(await result(), query);
          return format === "json" ? streamOf(rocJson(curves)) : tableFile(rocTable(curves), format);
        });
      },
    );
  }
  return app;
}
