import { createRandom, shuffledIndices } from "@gambeson/runtime";

/** The order in which an epoch over the first `images` training images visits them, for every contender. */
export function orderOf(images: number): Uint32Array<ArrayBuffer> {
  return shuffledIndices(createRandom(1, "bench", "shuffle", 1), images);
}
