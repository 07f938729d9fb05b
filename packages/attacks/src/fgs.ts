import type { Classifier } from "@gambeson/models";
import { checkShape, ShapeError, tf, type Tensor2D } from "@gambeson/runtime";
import type { BudgetedAttackOptions } from "./attack.ts";

/**
 * Fast gradient sign: one step of length `epsilon` up the loss.
 *
 *     adversarial = images + epsilon * sign(d loss / d images)
 *
 * `loss` is cross-entropy summed over the batch, so an image's step ignores its neighbours. sign(0) = 0.
 *
 * @param model Borrowed; weights are read, never changed.
 * @param images float32 `[batch, inputSize]`, usually in [0, 1]. Borrowed.
 * @param labels True classes, `[batch]`, each in `[0, classCount)`.
 * @returns float32 `[batch, inputSize]`. Owned by the caller.
 * @throws {RangeError} If `epsilon` is negative or not finite, or a label is out of range.
 * @throws {ShapeError} If `images` and `labels` disagree on `batch`.
 *
 * Source: Goodfellow et al. 2015, section 4, arXiv:1412.6572.
 */
export function fgs(
  model: Classifier,
  images: Tensor2D,
  labels: ArrayLike<number>,
  { epsilon, clip }: BudgetedAttackOptions,
): Tensor2D {
  checkEpsilon(epsilon);
  return tf.tidy(() => {
    const moved: Tensor2D = tf.add(images, tf.mul(lossGradientSign(model, images, labels), epsilon));
    return clip ? tf.clipByValue(moved, 0, 1) : moved;
  });
}

/** Taken from a logit, leaves its class no probability. */
const FAR_BELOW = 1e9;

/**
 * The sign of the loss gradient at each pixel: -1, 0 or 1, float32 `[batch, inputSize]`. Owned by the caller.
 *
 * @throws {RangeError} If a label is out of range.
 * @throws {ShapeError} If `images` and `labels` disagree on `batch`.
 */
export function lossGradientSign(model: Classifier, images: Tensor2D, labels: ArrayLike<number>): Tensor2D {
  checkShape("images", images.shape, [-1, model.inputSize]);
  checkLabels(labels, images.shape[0], model.classCount);
  return tf.tidy(() => {
    const { logits, pullBack } = model.linearise(images);
    const isTrue = tf.oneHot(tf.tensor1d(Int32Array.from(labels), "int32"), model.classCount).toFloat(); // [batch, k]
    // d cross-entropy / d logits is p_k, and p_y - 1 for the true class y. Divided by 1 - p_y, which changes no sign, it is the
    // softmax over the other classes, and -1; so nothing is rounded away where p_y is nearly 1.
    const others = tf.softmax(tf.sub(logits, tf.mul(isTrue, FAR_BELOW)));
    const slope: Tensor2D = tf.sub(others, isTrue);
    return tf.sign(tf.squeeze(pullBack(tf.expandDims(slope, 1)), [1]));
  });
}

/** @throws {RangeError} If `epsilon` is negative or not finite. */
export function checkEpsilon(epsilon: number): void {
  if (epsilon >= 0 && epsilon < Infinity) return;
  throw new RangeError(
    `Cannot run FGS as epsilon must be a finite number, 0 or more: current value is ${epsilon}`,
  );
}

function checkLabels(labels: ArrayLike<number>, batch: number, classCount: number): void {
  if (labels.length !== batch) {
    throw new ShapeError(
      `Cannot run FGS as there must be one label an image (${batch}): current value is ${labels.length}`,
    );
  }
  for (let image = 0; image < batch; image++) {
    const label = labels[image]!;
    if (Number.isInteger(label) && label >= 0 && label < classCount) continue;
    throw new RangeError(
      `Cannot run FGS as a label must be a class in [0, ${classCount}): current value is ${label}`,
    );
  }
}
