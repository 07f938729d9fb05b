export {
  weightCount,
  type Classifier,
  type Differentiable,
  type FirstLayer,
  type Linearisation,
} from "./classifier.ts";
export { firstLayerGeometry, pixelGeometry, withGram, type Geometry } from "./geometry.ts";
export { loadMlp, saveClassifier } from "./mlp-file.ts";
export { initialMlpParameters, mlp } from "./mlp.ts";
export { oneHiddenLayer, type OneHiddenLayer } from "./mlp-sizes.ts";
export { predictedClasses } from "./predict.ts";
export {
  readSafetensors,
  viewSafetensors,
  writeSafetensors,
  type NamedSafeTensor,
  type SafeTensor,
  type SafetensorsFile,
} from "./safetensors.ts";
