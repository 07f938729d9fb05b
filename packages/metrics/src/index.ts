export { accuracy } from "./accuracy.ts";
export { argMax } from "./arg-max.ts";
export { auc } from "./auc.ts";
export { confusionMatrix } from "./confusion-matrix.ts";
export { curveRises, type CurveRises } from "./curve-rises.ts";
export {
  epsilonReference,
  type EpsilonReferenceOptions,
  type MisclassifiedShare,
} from "./epsilon-reference.ts";
export { evenlySpaced } from "./evenly-spaced.ts";
export { histogram, type Histogram } from "./histogram.ts";
export { meanAndDeviation, type MeanAndDeviation } from "./mean-and-deviation.ts";
export { median } from "./median.ts";
export { countBlank, meanOrNull, relativeNorms, rho2 } from "./rho2.ts";
export { robustness, type PerturbedImages, type Robustness } from "./robustness.ts";
export { rocCurve, type RocCurve } from "./roc-curve.ts";
export { rocOfClasses, type RocOfClass } from "./roc-of-classes.ts";
export type { Tally } from "./tally.ts";
