import * as tf from "@tensorflow/tfjs";

/** TensorFlow.js, as every other package sees it. */
export { tf };
export type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor3D } from "@tensorflow/tfjs";
