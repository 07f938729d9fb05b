import type { Result } from "@gambeson/contract";
import { accuracyEpsilonFigure } from "./accuracy-epsilon-figure.ts";
import { aucCsv } from "./auc-csv.ts";
import type { Canvas } from "./figure.ts";
import type { Markup } from "./markup.ts";
import { reportPage } from "./report-page.ts";
import { rho2Figure } from "./rho2-figure.ts";
import { rocFigure } from "./roc-figure.ts";
import { samplesFigure } from "./samples-figure.ts";
import { tableCsv } from "./table-csv.ts";
import { tableTex } from "./table-tex.ts";
import { LIGHT_THEME } from "./theme.ts";
import { trainingFigure } from "./training-figure.ts";

/** A file of the report, not yet written anywhere. */
export interface RenderedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly text: string;
}
export type RenderedReport = readonly RenderedFile[];

const PAPER: Canvas = { theme: LIGHT_THEME, width: 920 };

/**
 * A result as tables, figures and a page that shows them all. The same result gives the same bytes.
 *
 * Figures are standalone SVGs on white; `report.html` is self-contained.
 */
export function renderReport(result: Result): RenderedReport {
  const classes = [...new Set(result.config.evaluation.rocClasses)];
  return [
    { name: "report.html", mediaType: "text/html", text: reportPage(result) },
    { name: "table.csv", mediaType: "text/csv", text: tableCsv(result) },
    { name: "auc.csv", mediaType: "text/csv", text: aucCsv(result) },
    { name: "table.tex", mediaType: "application/x-tex", text: tableTex(result) },
    svg("accuracy-epsilon", accuracyEpsilonFigure(result, PAPER)),
    svg("rho2", rho2Figure(result, PAPER)),
    svg("samples", samplesFigure(result, PAPER)),
    svg("training", trainingFigure(result, PAPER)),
    ...classes.map((k) => svg(`roc-class-${k}`, rocFigure(result, k, PAPER))),
  ];
}

function svg(name: string, { markup }: Markup): RenderedFile {
  return { name: `${name}.svg`, mediaType: "image/svg+xml", text: `${markup}\n` };
}
