import { createRandom, shuffledIndices } from "@gambeson/runtime";

export const ORDER_SEED = 1;
export const ORDER_NAME = "bench";

/** The order in which an epoch over the first `images` training images visits them: that of `train` for this seed and name. */
export function orderOf(images: number): Uint32Array<ArrayBuffer> {
  return shuffledIndices(createRandom(ORDER_SEED, ORDER_NAME, "shuffle", 1), images);
}
