export {
  BACKEND_VARIANTS,
  startBackend,
  stopBackend,
  type Backend,
  type BackendOptions,
  type BackendVariant,
} from "./backend.ts";
export { breathe } from "./event-loop.ts";
export { THREAD_PROGRAM, WASM_FILES, type BrowserFiles } from "./host.ts";
export { createRandom, shuffledIndices, truncatedNormal, type Random } from "./random.ts";
export { scoped } from "./scoped.ts";
export { checkShape, ShapeError } from "./shape-error.ts";
export { stopGradient } from "./stop-gradient.ts";
export { tf, type Scalar, type Tensor, type Tensor1D, type Tensor2D, type Tensor3D } from "./tf.ts";
