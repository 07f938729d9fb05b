import { Hono } from "hono";
import { TABLE_FORMATS, tableFile } from "../data-table.ts";
import { runParam } from "../find-run.ts";
import { reportFile } from "../report-file.ts";
import { aucTable, curveTable, mainTable } from "../result-tables.ts";
import { checked, documented, file } from "../route-docs.ts";
import type { FindResult } from "../run-results.ts";
import { sendMade } from "../send-file.ts";
import type { ServeContext } from "../serve-context.ts";
import type { ServeEnv } from "../serve-env.ts";
import { RESULT_REFUSALS, tableAnswer, tableFacts } from "../table-answer.ts";

const TABLES = {
  table: { summary: "The main table: a row a model, means and deviations over the seeds", of: mainTable },
  auc: { summary: "The area under every ROC curve: a row a model, image set and class", of: aucTable },
  curves: { summary: "Accuracy under FGS against epsilon: a row a seed, model and epsilon", of: curveTable },
} as const;

/** GET /runs/:id/table, auc and curves, each as .csv, .json and .parquet; and table.tex. */
export function tableRoutes({ version }: ServeContext, resultOf: FindResult): Hono<ServeEnv> {
  const app = new Hono<ServeEnv>().get(
    "/runs/:id/table.tex",
    documented({
      summary: "The main table and the AUCs for LaTeX with booktabs",
      tag: "results",
      answers: { 200: file("The tables", "application/x-tex") },
      refusals: RESULT_REFUSALS,
    }),
    checked("param", runParam),
    async (c) => {
      const { facts, text } = await reportFile(resultOf(c.req.valid("param").id), "table.tex");
      return sendMade(c, facts, () => text);
    },
  );
  for (const [name, { summary, of }] of Object.entries(TABLES)) {
    for (const format of TABLE_FORMATS) {
      app.get(
        `/runs/:id/${name}.${format}`,
        documented({ summary, tag: "results", answers: tableAnswer(format), refusals: RESULT_REFUSALS }),
        checked("param", runParam),
        (c) => {
          const { id } = c.req.valid("param");
          const { version: ofResult, result } = resultOf(id);
          const facts = tableFacts(name, format, [ofResult, version]);
          return sendMade(c, facts, async () => tableFile(of(await result()), format));
        },
      );
    }
  }
  return app;
}
