import type { Tensor, Tensor2D, Tensor3D } from "@gambeson/runtime";

/** A function from points to logits, with its slope. Points are images, or a first layer's outputs. */
export interface Differentiable {
  /** Length of a point. */
  readonly dimension: number;
  /**
   * @param points float32 `[batch, dimension]`. Borrowed.
   * @returns float32 `[batch, classCount]`. Owned by the caller.
   */
  logits(points: Tensor2D): Tensor2D;
  /** Logits and slope at once. `points` are borrowed; call within `tidy`. */
  linearise(points: Tensor2D): Linearisation;
}

/** What a classifier does near some points. Made of ordinary tensor operations, so it can be differentiated itself. */
export interface Linearisation {
  /** float32 `[batch, classCount]`. */
  readonly logits: Tensor2D;
  /**
   * Takes weighted sums of the logits' gradients: row c of image b is the sum over k of
   * `weights[b, c, k] * d logits[b, k] / d points[b]`.
   *
   * @param weights float32 `[batch, rows, classCount]`. Borrowed.
   * @returns float32 `[batch, rows, dimension]`.
   */
  pullBack(weights: Tensor3D): Tensor3D;
}

/** A dense first layer, `z = images W + b`, and the rest of the classifier as a function of z. */
export interface FirstLayer {
  /** float32 `[inputSize, width]`. Borrowed from the classifier. */
  readonly weight: Tensor2D;
  /** W^T W, float32 `[width, width]`, where it is kept: `withGram`. */
  readonly gram?: Tensor2D;
  /** @returns z, float32 `[batch, width]`. Owned by the caller. */
  apply(images: Tensor2D): Tensor2D;
  readonly rest: Differentiable;
}

/** How many numbers the classifier's parameters hold: a measure of what an image costs it. */
export function weightCount({ parameters }: Pick<Classifier, "parameters">): number {
  return parameters.reduce((sum, { size }) => sum + size, 0);
}

/** An image classifier: float32 images `[batch, inputSize]` in, logits (never probabilities) out. */
export interface Classifier extends Differentiable {
  readonly inputSize: number;
  readonly classCount: number;
  /** Trained tensors in a fixed order. Owned by whoever made the classifier. */
  readonly parameters: readonly Tensor[];
  /** Names of `parameters`, as in a weights file. */
  readonly parameterNames: readonly string[];
  /** The same classifier with other parameters of the same shapes. Borrowed. */
  withParameters(parameters: readonly Tensor[]): Classifier;
  /** Null for a classifier that does not begin with a dense layer. */
  readonly firstLayer: FirstLayer | null;
}
