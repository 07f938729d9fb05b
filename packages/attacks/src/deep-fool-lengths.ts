import type { Classifier } from "@gambeson/models";
import { tf, type Tensor1D, type Tensor2D } from "@gambeson/runtime";
import type { DeepFoolOptions } from "./deep-fool-options.ts";
import { beginWalk, pointsAt, squaredLengths, stepAlong } from "./deep-fool-walk.ts";

/** |Dx|^2 is raised to it before the root, whose slope at 0 is infinite. */
const LEAST_SQUARE = 1e-20;

/**
 * |Dx| as a function of the model's parameters: takes the path that `deepFool` found once more, so that a gradient passes
 * through every step of it. Which class was nearest is not differentiated; the step towards it is.
 *
 * @param model Borrowed.
 * @param images The images `deepFool` got, float32 `[batch, inputSize]`. Borrowed.
 * @param path `deepFool`'s, for the same model, images and options. Borrowed.
 * @param options `deepFool`'s.
 * @returns float32 `[batch]`; a length below 1e-10 has no gradient. Owned by the caller; call within `tidy` or a gradient.
 *
 * The same, fast, for MLPs with one hidden layer: `packages/kernels/assembly/deep-defense.ts`.
 *
 * Source: Yan et al. 2018, section 3.2, arXiv:1803.00404.
 */
export function deepFoolLengths(
  model: Classifier,
  images: Tensor2D,
  path: readonly Tensor2D[],
  options: DeepFoolOptions,
): Tensor1D {
  let walk = beginWalk(model, images, options);
  for (const directions of path) {
    const here = walk.geometry.linearise(pointsAt(walk, walk.factors.linearise));
    walk = stepAlong(walk, here, directions);
  }
  return tf.sqrt(tf.maximum(squaredLengths(walk), LEAST_SQUARE));
}
