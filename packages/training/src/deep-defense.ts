import { deepFoolLengths, UNTARGETED, withDeepFool, type DeepFoolOptions } from "@gambeson/attacks";
import { predictedClasses, type Classifier } from "@gambeson/models";
import { scoped, tf, type Scalar, type Tensor, type Tensor1D, type Tensor2D } from "@gambeson/runtime";
import { countCorrect, meanCrossEntropy } from "./cross-entropy.ts";
import { forEachBatch } from "./for-each-batch.ts";
import type { Batch, ImageSource } from "./image-source.ts";
import type { Objective } from "./objective.ts";

export interface DeepDefenseOptions {
  /** Weight of the regulariser. */
  readonly lambda: number;
  /** Steepness for images classified correctly: exp(-c |Dx|/|x|). */
  readonly c: number;
  /** Steepness for misclassified images: exp(d |Dx|/|x|). */
  readonly d: number;
  /** d |Dx|/|x| is capped here: for images far on the wrong side the exponential would overflow. */
  readonly exponentCap: number;
  readonly deepFool: DeepFoolOptions;
}

/** |x| is raised to it: an image of nothing but zeros has no relative perturbation. */
const LEAST_IMAGE_LENGTH = 1e-6;

/**
 * Deep Defense's objective on a batch of B images:
 *
 *     mean CE + (lambda / B) [ sum over T of exp(-c |Dx|/|x|) + sum over F of exp(d |Dx|/|x|) ]
 *
 * T are the images that the current model classifies correctly: Dx leads to the nearest other class. F are the rest: Dx leads to
 * the true class. Dx is DeepFool's perturbation for the current weights, and the gradient goes through it.
 *
 * The same, fast, for MLPs with one hidden layer: `packages/kernels/assembly/deep-defense.ts`.
 *
 * Source: Yan et al. 2018, equations 4 and 5, arXiv:1803.00404.
 */
export function deepDefense(options: DeepDefenseOptions): Objective {
  return {
    settings: { kind: "deep-defense", options },
    differentiate: (model, batch) => {
      const { targets, correct } = aims(model, batch);
      return withDeepFool(model, batch.images, targets, options.deepFool, ({ path, fooled }) => {
        const unfooled = fooled.reduce((count, isFooled) => count + 1 - isFooled, 0);
        return objectiveStep(model, batch, options, { correct, unfooled }, (current) =>
          tf.div(deepFoolLengths(current, batch.images, path, options.deepFool), imageLengths(batch.images)),
        );
      });
    },
  };
}

/**
 * The objective of the report's published code, kept for comparison only: |Dx|/|x| was computed once, so that the
 * regulariser is a constant and its gradient zero.
 *
 * @param ratios |Dx|/|x| of every image of the source, from `perturbationRatios`.
 */
export function deepDefenseWithFrozenPerturbation(
  options: DeepDefenseOptions,
  { ratios, unfooled }: { readonly ratios: Float32Array; readonly unfooled: Uint8Array },
): Objective {
  return {
    settings: null,
    differentiate: (model, batch) => {
      const { correct } = aims(model, batch);
      const frozen = Float32Array.from(batch.indices, (index) => ratios[index]!);
      const count = batch.indices.reduce((sum, index) => sum + unfooled[index]!, 0);
      return objectiveStep(model, batch, options, { correct, unfooled: count }, () => tf.tensor1d(frozen));
    },
  };
}

/** |Dx|/|x| of every image of a source for a model as it stands, with Dx as in `deepDefense`; and which stayed unfooled. */
export async function perturbationRatios(
  model: Classifier,
  source: ImageSource,
  options: DeepFoolOptions,
  signal?: AbortSignal,
): Promise<{ readonly ratios: Float32Array; readonly unfooled: Uint8Array }> {
  const ratios = new Float32Array(source.count);
  const unfooled = new Uint8Array(source.count);
  await forEachBatch(
    model,
    source,
    (batch, first) => {
      const lengths = imageLengths(batch.images).dataSync<"float32">();
      withDeepFool(model, batch.images, aims(model, batch).targets, options, ({ norms, fooled }) => {
        norms.forEach((norm, image) => {
          ratios[first + image] = norm / lengths[image]!;
          unfooled[first + image] = 1 - fooled[image]!;
        });
      });
    },
    signal === undefined ? {} : { signal },
  );
  return { ratios, unfooled };
}

/** Where DeepFool is to take each image: away from the right class, or towards it from a wrong one. */
function aims(model: Classifier, { images, labels }: Batch): { targets: Int32Array; correct: Uint8Array } {
  const predicted = predictedClasses(model, images);
  const correct = Uint8Array.from(predicted, (k, image) => Number(k === labels[image]));
  return { correct, targets: labels.map((label, image) => (correct[image] === 1 ? UNTARGETED : label)) };
}

function objectiveStep(
  model: Classifier,
  { images, labels }: Batch,
  { lambda, c, d, exponentCap }: DeepDefenseOptions,
  { correct, unfooled }: { readonly correct: Uint8Array; readonly unfooled: number },
  ratiosFor: (model: Classifier) => Tensor1D,
): ReturnType<Objective["differentiate"]> {
  let regulariser = 0;
  let capped = 0;
  let correctCount = 0;
  const { value, grads } = tf.valueAndGrads((...parameters: Tensor[]) => {
    const current = model.withParameters(parameters);
    const logits = current.logits(images);
    correctCount = countCorrect(logits, labels);
    const ratios = ratiosFor(current); // [batch]
    const slope = tf.tensor1d(Float32Array.from(correct, (isCorrect) => (isCorrect === 1 ? -c : d)));
    const exponents = tf.mul(slope, ratios);
    capped = scoped(() => tf.sum(tf.greater(exponents, exponentCap).toInt()).dataSync()[0]!);
    const penalty = tf.mul(tf.sum(tf.exp(tf.minimum(exponents, exponentCap))), lambda / labels.length);
    regulariser = penalty.dataSync()[0]!;
    return tf.add<Scalar>(meanCrossEntropy(logits, labels), penalty);
  })([...model.parameters]);
  const loss = value.dataSync()[0]!;
  value.dispose();
  return {
    gradients: grads,
    report: {
      count: labels.length,
      loss,
      correct: correctCount,
      regulariser: { value: regulariser, capped, unfooled },
    },
  };
}

/** |x|, float32 `[batch]`. */
function imageLengths(images: Tensor2D): Tensor1D {
  return tf.maximum(tf.sqrt(tf.sum(tf.square(images), 1)), LEAST_IMAGE_LENGTH);
}
