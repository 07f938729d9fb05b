import { tf, type Tensor2D } from "@gambeson/runtime";
import type { Classifier, Differentiable } from "./classifier.ts";

/**
 * A space in which an attack can walk, measured by lengths in pixels. Attacks sum gradients ("covectors", what a
 * linearisation pulls back); a geometry says which displacement a covector means.
 *
 * In pixels the two are the same. In the first layer's space, z = x W + b, every gradient in x is W v for a gradient v in z;
 * going along it moves z by W^T W v, and its squared length in pixels is v^T W^T W v: the same walk under another metric.
 */
export interface Geometry extends Differentiable {
  /** @param images float32 `[batch, inputSize]`. @returns Where the walk starts, float32 `[batch, dimension]`. */
  start(images: Tensor2D): Tensor2D;
  /** @returns The displacement of points that covectors mean, float32 `[rows, dimension]` both. */
  raise(covectors: Tensor2D): Tensor2D;
  /** @returns The displacement of images that covectors mean, `[batch, dimension]` -> `[batch, inputSize]`. */
  toPixels(covectors: Tensor2D): Tensor2D;
}

/** The space of images, for any classifier. */
export function pixelGeometry(classifier: Classifier): Geometry {
  return {
    dimension: classifier.inputSize,
    logits: (points) => classifier.logits(points),
    linearise: (points) => classifier.linearise(points),
    start: (images) => images.clone(),
    raise: (covectors) => covectors.clone(),
    toPixels: (covectors) => covectors.clone(),
  };
}

/**
 * The space of the first layer's outputs. Computes the Gram matrix W^T W where the layer does not keep it, so call it within `tidy`.
 *
 * @throws {TypeError} If the classifier does not begin with a dense layer.
 */
export function firstLayerGeometry(classifier: Classifier): Geometry {
  if (classifier.firstLayer === null) {
    throw new TypeError(
      "Cannot walk in the first layer's space as the classifier must begin with a dense layer: current value is another layer",
    );
  }
  const { weight, apply, rest, gram = gramOf(weight) } = classifier.firstLayer;
  return {
    dimension: rest.dimension,
    logits: (points) => rest.logits(points),
    linearise: (points) => rest.linearise(points),
    start: apply,
    raise: (covectors) => tf.matMul(covectors, gram),
    toPixels: (covectors) => tf.matMul(covectors, weight, false, true),
  };
}

/**
 * The same classifier, its first layer's Gram matrix computed once: for many walks of few images each, of which it would be the dearest part.
 *
 * @returns Shares its parameters with `classifier`, whose weights must not change. The caller disposes `firstLayer.gram`. One that does not
 *   begin with a dense layer comes back as it is.
 */
export function withGram(classifier: Classifier): Classifier {
  const { firstLayer } = classifier;
  if (firstLayer === null) return classifier;
  return { ...classifier, firstLayer: { ...firstLayer, gram: gramOf(firstLayer.weight) } };
}

function gramOf(weight: Tensor2D): Tensor2D {
  return tf.matMul(weight, weight, true, false);
}
