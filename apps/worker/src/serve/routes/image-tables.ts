import { Hono } from "hono";
import { tableFile } from "../data-table.ts";
import { findRun, runParam } from "../find-run.ts";
import { imageTable } from "../image-table.ts";
import { checked, documented } from "../route-docs.ts";
import { modelsOfRun } from "../model-of-run.ts";
import { sendMade } from "../send-file.ts";
import type { RunImages } from "../run-images.ts";
import type { ServeContext } from "../serve-context.ts";
import type { ServeEnv } from "../serve-env.ts";
import { RESULT_REFUSALS, tableAnswer, tableFacts } from "../table-answer.ts";

/** GET /runs/:id/images.csv and .parquet: those of every model. */
export function imageTableRoutes(context: ServeContext, images: RunImages): Hono<ServeEnv> {
  const app = new Hono<ServeEnv>();
  for (const format of ["csv", "parquet"] as const) {
    app.get(
      `/runs/:id/images.${format}`,
      documented({
        summary: "How every model took every test image: a row an image and model",
        tag: "images",
        answers: tableAnswer(format),
        refusals: RESULT_REFUSALS,
      }),
      checked("param", runParam),
      async (c) => {
        const models = modelsOfRun(findRun(context, c.req.valid("param").id));
        const files = await images.requireRows(models);
        const facts = tableFacts("images", format, [...files, context.version]);
        return sendMade(c, facts, () => tableFile(imageTable(images, models), format));
      },
    );
  }
  return app;
}
