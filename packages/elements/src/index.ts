export type { ChartKey } from "./charts/chart-geometry.ts";
export { drawKey } from "./charts/draw-line-chart.ts";
export { CHART_FONT, CHART_FONT_SIZE, drawFile, drawSvg } from "./charts/draw-svg.ts";
export { GambesonLineChart } from "./charts/gambeson-line-chart.ts";
export { GambesonSaveButtons, type SavedForm } from "./charts/gambeson-save-buttons.ts";
export { HIDDEN_LINES } from "./charts/hidden-lines.ts";
export type { ChartAxis, ChartPoint, ChartSeries, LineChart } from "./charts/line-chart.ts";
export { MeasuredWidth } from "./charts/measured-width.ts";
export { plotStyles, renderPlot, type Plot } from "./charts/plot.ts";
export { csvFile, pngFile, saveFile, svgFile } from "./charts/save-file.ts";
export { GambesonAccuracyCurve } from "./elements/gambeson-accuracy-curve.ts";
export { GambesonAucTable } from "./elements/gambeson-auc-table.ts";
export { GambesonCommandLine } from "./elements/gambeson-command-line.ts";
export { GambesonConfusionMatrix } from "./elements/gambeson-confusion-matrix.ts";
export { GambesonDiagnostics } from "./elements/gambeson-diagnostics.ts";
export { GambesonImageGrid } from "./elements/gambeson-image-grid.ts";
export { GambesonMethods } from "./elements/gambeson-methods.ts";
export { GambesonReport } from "./elements/gambeson-report.ts";
export { GambesonRho2Bars } from "./elements/gambeson-rho2-bars.ts";
export { GambesonRobustnessTable } from "./elements/gambeson-robustness-table.ts";
export { GambesonRocCurve } from "./elements/gambeson-roc-curve.ts";
export { GambesonTrainingCurves } from "./elements/gambeson-training-curves.ts";
export type { ReportView } from "./elements/report-view.ts";
export { drawSelect } from "./elements/draw-select.ts";
export { fourDecimalsText, numberText, percentText, statisticText } from "./numbers.ts";
export type { DataTable, DataTableCell, DataTableNumber, DataTableRow } from "./tables/data-table.ts";
export { GambesonDataTable } from "./tables/gambeson-data-table.ts";
export { withReferenceSymbol } from "./tables/reference-symbol.ts";
export { statisticCell } from "./tables/statistic-cell.ts";
export {
  accuracyChart,
  accuracyCurves,
  accuracyCurvesCsv,
  nearestEpsilon,
  type AccuracyCurves,
} from "./view-models/accuracy-curves.ts";
export { aucRows } from "./view-models/auc-rows.ts";
export { confusionMatrix, confusionTable, type ConfusionMatrix } from "./view-models/confusion-matrix.ts";
export { diagnosisOf, diagnosticsRows, type Diagnosis } from "./view-models/diagnosis.ts";
export { imageGridCsv, imageGridOf, type ImageGridItem, type ImageView } from "./view-models/image-grid.ts";
export { robustnessRows } from "./view-models/robustness-rows.ts";
export { rho2Bars, rho2Csv, type Rho2Bar, type Rho2Bars } from "./view-models/rho2-bars.ts";
export { firstRocClass, rocChart, rocCsv, rocCurves, type RocCurves } from "./view-models/roc-curves.ts";
export {
  trainingAccuracyChart,
  trainingAccuracyCsv,
  trainingLossCsv,
  trainingLines,
  trainingLossChart,
  type TrainingLine,
} from "./view-models/training-curves.ts";
