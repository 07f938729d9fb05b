import {
  firstLayerGeometry,
  pixelGeometry,
  type Classifier,
  type Geometry,
  type Linearisation,
} from "@gambeson/models";
import { tf, type Tensor1D, type Tensor2D } from "@gambeson/runtime";
import { overshootFactors, type DeepFoolOptions } from "./deep-fool-options.ts";

/** Squared lengths up to it belong to dead units: such a direction gives no step. */
export const NO_LENGTH = 1e-20;

/**
 * How far DeepFool has come, for a batch of images. Made of ordinary tensor operations, so that the same walk can be
 * taken for its answer and for its gradient; call within `tidy`.
 */
export interface DeepFoolWalk {
  readonly geometry: Geometry;
  readonly clip: boolean;
  readonly margin: number;
  readonly factors: ReturnType<typeof overshootFactors>;
  /** Where the images begin, float32 `[batch, dimension]`. */
  readonly start: Tensor2D;
  /** The steps so far, as a sum of gradients, float32 `[batch, dimension]`. */
  readonly covectors: Tensor2D;
  /** The same steps as a displacement of points, float32 `[batch, dimension]`. */
  readonly displacement: Tensor2D;
}

export function beginWalk(model: Classifier, images: Tensor2D, options: DeepFoolOptions): DeepFoolWalk {
  const inFirstLayer =
    options.geometry === "first-layer" ||
    (options.geometry === "auto" && model.firstLayer !== null && !options.clip);
  const geometry = inFirstLayer ? firstLayerGeometry(model) : pixelGeometry(model);
  const start = geometry.start(images);
  return {
    geometry,
    clip: options.clip,
    margin: options.margin,
    factors: overshootFactors(options),
    start,
    covectors: tf.zerosLike(start),
    displacement: tf.zerosLike(start),
  };
}

/** The points that lie `factor` times the steps so far from the start, float32 `[batch, dimension]`. */
export function pointsAt({ start, displacement, clip }: DeepFoolWalk, factor: number): Tensor2D {
  const points: Tensor2D = tf.add(start, tf.mul(displacement, factor));
  return clip ? tf.clipByValue(points, 0, 1) : points;
}

/**
 * One step of every image onto the boundary between two classes of the linearised model:
 *
 *     w = grad h    step = (|h| / |w| + margin) w / |w|
 *
 * @param here The model, linearised where the walk stands.
 * @param directions float32 `[batch, classCount]`: the logit difference h of each image as weights of its logits, 1 at the
 *   class to reach and -1 at the class to leave; a row of zeros stands still.
 */
export function stepAlong(walk: DeepFoolWalk, here: Linearisation, directions: Tensor2D): DeepFoolWalk {
  const w: Tensor2D = tf.squeeze(here.pullBack(tf.expandDims(directions, 1)), [1]); // [batch, dimension]
  const raised = walk.geometry.raise(w); // [batch, dimension]
  const h = tf.sum(tf.mul(directions, here.logits), 1, true); // [batch, 1]
  // A dead unit's w is zero, and its step stays zero: the length is clamped before the root, whose slope at 0 is infinite.
  const length = tf.sqrt(tf.maximum(tf.sum(tf.mul(w, raised), 1, true), NO_LENGTH)); // [batch, 1]
  const share = tf.div(tf.add(tf.div(tf.abs(h), length), walk.margin), length); // [batch, 1]
  return {
    ...walk,
    covectors: tf.add(walk.covectors, tf.mul(share, w)),
    displacement: tf.add(walk.displacement, tf.mul(share, raised)),
  };
}

/** The perturbations Dx the walk has led to, float32 `[batch, inputSize]`. */
export function perturbationsOf(walk: DeepFoolWalk): Tensor2D {
  if (walk.clip) return tf.sub(pointsAt(walk, walk.factors.final), walk.start);
  return tf.mul(walk.geometry.toPixels(walk.covectors), walk.factors.final);
}

/** |Dx|^2 in pixels, float32 `[batch]`; in the first layer's space without a single pixel: <v, raise(v)>. */
export function squaredLengths(walk: DeepFoolWalk): Tensor1D {
  if (walk.clip) return tf.sum(tf.square(perturbationsOf(walk)), 1);
  return tf.mul(tf.sum(tf.mul(walk.covectors, walk.displacement), 1), walk.factors.final ** 2);
}
