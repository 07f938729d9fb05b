import type { Classifier } from "@gambeson/models";
import { scoped, tf, type Tensor2D } from "@gambeson/runtime";

/** Points `origin + coefficients directions`: a line where there is one direction, a plane where there are two. */
export interface Span {
  /** An image, float32 `[1, inputSize]`. Borrowed. */
  readonly origin: Tensor2D;
  /** float32 `[directions, inputSize]`. Borrowed. */
  readonly directions: Tensor2D;
  /** How far each point lies along each direction, float32 `[points, directions]`. Borrowed. */
  readonly coefficients: Tensor2D;
  /** Keep the points in [0, 1]. */
  readonly clip: boolean;
}

/**
 * A model's logits at the points of a span. Through a dense first layer a span stays one, so that its points cost the rest of the model
 * only; clipped ones are made pixel by pixel.
 *
 * @returns float32 `[points, classCount]`, row-major, the caller's own.
 */
export function logitsAcross(
  model: Classifier,
  { origin, directions, coefficients, clip }: Span,
): Float32Array {
  return scoped(() => {
    if (model.firstLayer === null || clip) {
      const points: Tensor2D = tf.add(origin, tf.matMul(coefficients, directions));
      return model.logits(clip ? tf.clipByValue(points, 0, 1) : points).dataSync<"float32">();
    }
    const { apply, weight, rest } = model.firstLayer;
    const moved = tf.matMul(coefficients, tf.matMul<Tensor2D>(directions, weight)); // [points, width]
    return rest.logits(tf.add(apply(origin), moved)).dataSync<"float32">();
  });
}
