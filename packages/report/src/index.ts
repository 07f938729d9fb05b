export { aucCsv, aucRows } from "./auc-csv.ts";
export { base64Bytes } from "./base64-bytes.ts";
export { captionsOf, type Caption, type Captions } from "./captions.ts";
export { csv, type CsvCell } from "./csv.ts";
export { datasetWarning } from "./dataset-warning.ts";
export {
  DIAGNOSTICS_COUNTED,
  diagnosticsCounts,
  RISES_TITLE,
  type DiagnosticsCounts,
} from "./diagnostics-counts.ts";
export { escapeTex } from "./escape-tex.ts";
export { findings, NOTHING_SUSPICIOUS, type Finding } from "./findings.ts";
export { grayPng, type GrayPngOptions } from "./gray-png.ts";
export { headline } from "./headline.ts";
export { methodsOf, type Checksum, type Method } from "./methods.ts";
export { pageTitle } from "./page-title.ts";
export { publishedBeside, publishedNote, type PublishedModel } from "./published.ts";
export { renderReport, type RenderedFile, type RenderedReport } from "./render-report.ts";
export { configFile, REPRODUCE_NOTE, reproduceCommand } from "./reproduce-command.ts";
export { resultFacts } from "./result-facts.ts";
export { attackName } from "./sample-caption.ts";
export {
  IMAGE_SETS,
  share,
  summarise,
  type ImageSet,
  type ModelSummary,
  type Statistic,
  type Summary,
} from "./summarise.ts";
export { ticksThatFit } from "./axes.ts";
export { meanRoc, type RocPoint } from "./mean-roc.ts";
export { rhoDistributions, type RhoDistribution, type RhoDistributions } from "./rho-distributions.ts";
export { rho2AxisEnd, rho2Hills, type Hill, type HillBlock } from "./rho2-hills.ts";
export { IMAGE_SET_TITLES } from "./roc-figure.ts";
export { fitText, textWidth, wrapText } from "./text-width.ts";
export { tableCsv, tableRows } from "./table-csv.ts";
export { aucTexTable, robustnessTexTable, texSubject } from "./table-tex.ts";
export { texFile, type TexTable } from "./tex-file.ts";
export { meanCurve, type CurvePoint } from "./mean-curve.ts";
export { noReferenceSentence } from "./no-reference-sentence.ts";
export { seriesStyle, type SeriesStyle } from "./series-style.ts";
export { PAGE_THEME, type Theme } from "./theme.ts";
