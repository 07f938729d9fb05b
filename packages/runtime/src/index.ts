export {
  BACKEND_VARIANTS,
  startBackend,
  stopBackend,
  type Backend,
  type BackendOptions,
  type BackendVariant,
} from "./backend.ts";
export { breathe } from "./event-loop.ts";
export { WASM_FILES, type WasmUrls } from "./host.ts";
export { createRandom, shuffledIndices, truncatedNormal, type Random } from "./random.ts";
export { scoped } from "./scoped.ts";
export { checkShape, ShapeError } from "./shape-error.ts";
export { stopGradient } from "./stop-gradient.ts";
export { tf, type Scalar, type Tensor, type Tensor1D, type Tensor2D, type Tensor3D } from "./tf.ts";
