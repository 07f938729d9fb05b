import { mlp, type Classifier } from "@gambeson/models";
import { createRandom, tf, type Random, type Tensor2D } from "@gambeson/runtime";

/** An MLP whose weights are large enough that DeepFool takes several steps. Owned by the caller. */
export function randomModel(sizes: readonly number[], seed: number): Classifier {
  const random = createRandom(seed, "model");
  return mlp(
    sizes.slice(1).flatMap((outputs, index) => {
      const inputs = sizes[index]!;
      const weight = normals(random, inputs * outputs).map((value) => value / Math.sqrt(inputs));
      return [
        tf.tensor2d(weight, [inputs, outputs]),
        tf.tensor1d(normals(random, outputs).map((value) => value / 4)),
      ];
    }),
  );
}

/** Uniform in [0, 1]. Owned by the caller. */
export function randomImages(count: number, size: number, seed: number): Tensor2D {
  const random = createRandom(seed, "images");
  return tf.tensor2d(
    Float32Array.from({ length: count * size }, () => random.uniform()),
    [count, size],
  );
}

/** Classes drawn evenly. */
export function randomLabels(count: number, classCount: number, seed: number): Int32Array {
  const random = createRandom(seed, "labels");
  return Int32Array.from({ length: count }, () => random.integer(classCount));
}

function normals(random: Random, count: number): Float32Array {
  return Float32Array.from({ length: count }, () => random.normal());
}
