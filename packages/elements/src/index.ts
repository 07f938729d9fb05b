export { GambesonAccuracyCurve } from "./elements/gambeson-accuracy-curve.ts";
export {
  accuracyCurves,
  accuracyCurvesCsv,
  nearestEpsilon,
  type AccuracyCurves,
} from "./view-models/accuracy-curves.ts";
