export { CHART_FONT, drawKey } from "./charts/draw-line-chart.ts";
export { GambesonLineChart } from "./charts/gambeson-line-chart.ts";
export { GambesonSaveButtons, type SavedForm } from "./charts/gambeson-save-buttons.ts";
export type { ChartAxis, ChartPoint, ChartSeries, LineChart } from "./charts/line-chart.ts";
export { pngFile, pngOf, saveFile, svgFile } from "./charts/save-file.ts";
export { GambesonAccuracyCurve } from "./elements/gambeson-accuracy-curve.ts";
export { fourDecimalsText, numberText, percentText } from "./numbers.ts";
export {
  accuracyChart,
  accuracyCurves,
  accuracyCurvesCsv,
  nearestEpsilon,
  type AccuracyCurves,
} from "./view-models/accuracy-curves.ts";
