import { tf, type Tensor } from "./tf.ts";

/**
 * The same values, cut off from what they were computed from: no gradient passes through.
 *
 * @param x Borrowed.
 * @returns Same shape and dtype. Owned by the caller.
 */
export function stopGradient<T extends Tensor>(x: T): T {
  return tf.tensor(x.dataSync(), x.shape, x.dtype) as T;
}
