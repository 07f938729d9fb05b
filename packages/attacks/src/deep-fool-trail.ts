import type { Classifier } from "@gambeson/models";
import { scoped, tf, type Tensor2D } from "@gambeson/runtime";
import type { DeepFoolOptions } from "./deep-fool-options.ts";
import { perturbationsOf, pointsAt, squaredLengths, type DeepFoolWalk } from "./deep-fool-walk.ts";
import { deepFool } from "./deep-fool.ts";

/** Where a batch of images stands after some steps of DeepFool, the overshoot included: what it would answer if it stopped there. */
export interface DeepFoolState {
  /** Perturbed images, float32 `[batch, inputSize]`, row-major. */
  readonly images: Float32Array;
  /** The model's logits there, float32 `[batch, classCount]`, row-major. */
  readonly logits: Float32Array;
  /** Length |Dx| of each perturbation, Euclidean, in units of pixel intensity; `[batch]`. */
  readonly norms: Float32Array;
  /** The class that each image headed for in the step that led here; -1 where it stood still, and at the start. `[batch]`. */
  readonly towards: Int32Array;
}

/**
 * Takes DeepFool's way, and tells where it stands after each step: from the images themselves to its answer. An image that is fooled
 * before others stands still from there on.
 *
 * @param model Borrowed.
 * @param images float32 `[batch, inputSize]`. Borrowed.
 * @param targets `[batch]`, as `deepFool` takes them.
 * @returns One state more than there were steps: plain arrays, the caller's own; no tensor is left.
 * @throws As `deepFool` does.
 */
export function deepFoolTrail(
  model: Classifier,
  images: Tensor2D,
  targets: ArrayLike<number>,
  options: DeepFoolOptions,
): readonly DeepFoolState[] {
  const states: DeepFoolState[] = [];
  deepFool(model, images, targets, options, (walk, directions) => {
    states.push(scoped(() => stateOf(walk, images, directions)));
  }).dispose();
  return states;
}

function stateOf(walk: DeepFoolWalk, images: Tensor2D, directions: Tensor2D | null): DeepFoolState {
  const logits = walk.geometry.logits(pointsAt(walk, walk.factors.final));
  return {
    images: tf.add(images, perturbationsOf(walk)).dataSync<"float32">(),
    logits: logits.dataSync<"float32">(),
    norms: squaredLengths(walk)
      .dataSync<"float32">()
      .map((square) => Math.sqrt(Math.max(square, 0))),
    towards: directions === null ? new Int32Array(images.shape[0]).fill(-1) : headingsOf(directions),
  };
}

function headingsOf(directions: Tensor2D): Int32Array {
  const [batch, classCount] = directions.shape;
  const values = directions.dataSync<"float32">();
  return Int32Array.from({ length: batch }, (_, image) =>
    values.subarray(image * classCount, (image + 1) * classCount).indexOf(1),
  );
}
