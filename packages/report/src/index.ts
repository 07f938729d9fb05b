export { aucCsv, aucRows } from "./auc-csv.ts";
export { csv, type CsvCell } from "./csv.ts";
export { grayPng, type GrayPngOptions } from "./gray-png.ts";
export { renderReport, type RenderedFile, type RenderedReport } from "./render-report.ts";
export { IMAGE_SETS } from "./summarise.ts";
export { tableCsv, tableRows } from "./table-csv.ts";
export { tableTex } from "./table-tex.ts";
