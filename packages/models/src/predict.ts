import { scoped, tf, type Tensor2D } from "@gambeson/runtime";
import type { Differentiable } from "./classifier.ts";

/**
 * The class with the largest logit of each point; the first of equals. Logits must be numbers, which finite weights (all that
 * `loadMlp` lets through) and finite images give.
 *
 * @param points float32 `[batch, dimension]`. Borrowed.
 * @returns Int32Array `[batch]`.
 */
export function predictedClasses(model: Pick<Differentiable, "logits">, points: Tensor2D): Int32Array {
  return scoped(() => tf.argMax(model.logits(points), 1).dataSync<"int32">());
}
