import { modelIdSchema, resultSchema } from "@gambeson/contract";
import { tableTex } from "@gambeson/experiment/report";
import { Hono, type Context } from "hono";
import * as v from "valibot";
import { Refusal } from "../../state/refusal.ts";
import { MEDIA_TYPE_OF, TABLE_FORMATS, tableFile, type DataTable, type TableFormat } from "../data-table.ts";
import { entityTag } from "../entity-tag.ts";
import { findRun, runParam } from "../find-run.ts";
import { imageTable } from "../image-table.ts";
import { aucTable, curveTable, mainTable, rocCurves, rocTable } from "../result-tables.ts";
import { checked, documented, file, json } from "../route-docs.ts";
import { modelsOfRun, requireModelFiles } from "../run-images.ts";
import { createRunResults } from "../run-results.ts";
import { sendMade } from "../send-file.ts";
import type { ServeContext } from "../serve-context.ts";
import type { ServeEnv } from "../serve-env.ts";

/** The report's page and figures bring their own style and pictures, and ask nobody for anything. */
const REPORT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
