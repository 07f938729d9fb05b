import { scoped, tf, type Scalar, type Tensor, type Tensor2D } from "@gambeson/runtime";
import type { Objective } from "./objective.ts";

/**
 * Cross-entropy of logits, mean over the batch; a scalar.
 *
 * @param logits float32 `[batch, classCount]`. Borrowed.
 * @param labels True classes, `[batch]`.
 */
export function meanCrossEntropy(logits: Tensor2D, labels: Int32Array): Scalar {
  const [batch, classCount] = logits.shape;
  const trueClasses = tf.oneHot(tf.tensor1d(labels, "int32"), classCount);
  return tf.div(tf.neg(tf.sum(tf.mul(trueClasses, tf.logSoftmax(logits)))), batch);
}

/** How many rows have their largest logit at the true class. */
export function countCorrect(logits: Tensor2D, labels: Int32Array): number {
  const predicted = scoped(() => tf.argMax(logits, 1).dataSync<"int32">());
  return predicted.reduce((count, k, image) => count + Number(k === labels[image]), 0);
}

/** The objective of pre-training, Vanilla and Fine-tuned: cross-entropy alone. */
export const crossEntropy: Objective = {
  settings: { kind: "cross-entropy" },
  differentiate: (model, { images, labels }) => {
    let correct = 0;
    const { value, grads } = tf.valueAndGrads((...parameters: Tensor[]) => {
      const logits = model.withParameters(parameters).logits(images);
      correct = countCorrect(logits, labels);
      return meanCrossEntropy(logits, labels);
    })([...model.parameters]);
    const loss = value.dataSync()[0]!;
    value.dispose();
    return { gradients: grads, report: { count: labels.length, loss, correct, regulariser: null } };
  },
};
