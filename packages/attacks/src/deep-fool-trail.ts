import type { Classifier } from "@gambeson/models";
import { scoped, tf, type Tensor2D } from "@gambeson/runtime";
import type { DeepFoolOptions } from "./deep-fool-options.ts";
import {
  beginWalk,
  perturbationsOf,
  pointsAt,
  squaredLengths,
  stepAlong,
  type DeepFoolWalk,
} from "./deep-fool-walk.ts";

/** Where a batch of images stands after some steps of DeepFool, the overshoot included: what it would answer if it stopped there. */
export interface DeepFoolState {
  /** Perturbed images, float32 `[batch, inputSize]`, row-major. */
  readonly images: Float32Array;
  /** The model's logits there, float32 `[batch, classCount]`, row-major. */
  readonly logits: Float32Array;
  /** Length |Dx| of each perturbation, Euclidean, in units of pixel intensity; `[batch]`. */
  readonly norms: Float32Array;
}

/**
 * Takes the path that `deepFool` found once more, and tells where it stood after each step: `path.length + 1` states, from the
 * images themselves to its answer. An image that was fooled before others stands still from there on.
 *
 * @param model Borrowed.
 * @param images The images `deepFool` got, float32 `[batch, inputSize]`. Borrowed.
 * @param path `deepFool`'s, for the same model, images and options. Borrowed.
 * @param options `deepFool`'s.
 * @returns Plain arrays, the caller's own; no tensor is left.
 */
export function deepFoolTrail(
  model: Classifier,
  images: Tensor2D,
  path: readonly Tensor2D[],
  options: DeepFoolOptions,
): readonly DeepFoolState[] {
  return scoped(() => {
    let walk = beginWalk(model, images, options);
    const states = [stateOf(walk, images)];
    for (const directions of path) {
      const here = walk.geometry.linearise(pointsAt(walk, walk.factors.linearise));
      walk = stepAlong(walk, here, directions);
      states.push(stateOf(walk, images));
    }
    return states;
  });
}

function stateOf(walk: DeepFoolWalk, images: Tensor2D): DeepFoolState {
  const logits = walk.geometry.logits(pointsAt(walk, walk.factors.final));
  return {
    images: tf.add(images, perturbationsOf(walk)).dataSync<"float32">(),
    logits: logits.dataSync<"float32">(),
    norms: squaredLengths(walk)
      .dataSync<"float32">()
      .map((square) => Math.sqrt(Math.max(square, 0))),
  };
}
