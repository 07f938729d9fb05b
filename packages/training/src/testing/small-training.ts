import { initialMlpParameters, mlp } from "@gambeson/models";
import { createRandom } from "@gambeson/runtime";
import { freshAdam } from "../adam.ts";
import type { ImageSource } from "../image-source.ts";
import type { TrainingState } from "../loop.ts";

/** Images of `size` pixels in three classes, each brightest in its own third; learnable, not trivially. */
export function smallSource(count: number, size: number, seed: number): ImageSource {
  const random = createRandom(seed, "small source");
  const labels = Uint8Array.from({ length: count }, () => random.integer(3));
  const pixels = Uint8Array.from({ length: count * size }, (_, position) => {
    const label = labels[Math.floor(position / size)]!;
    const third = Math.floor(((position % size) * 3) / size);
    return random.integer(third === label ? 256 : 140);
  });
  return { count, imageSize: size, labels, pixels };
}

/** A fresh MLP and optimiser. Owned by the caller. */
export function freshState(sizes: readonly number[], seed: number, deviation = 0.1): TrainingState {
  const parameters = initialMlpParameters(sizes, createRandom(seed, "initial weights"), deviation);
  return { epoch: 0, model: mlp(parameters), adam: freshAdam(parameters) };
}

export const SCHEDULE = {
  epochs: 4,
  batchSize: 16,
  learningRate: 0.05,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-7,
};
