import { writeSafetensors } from "@gambeson/models";

/** A model whose answers are known by hand: logits = x W + b, classes 0 and 1 meet where 2 x0 = x1 + 0.5. */
export const AFFINE = weightsFile([
  [
    [2, 3],
    [2, 0, -1, 0, 1, -1],
  ],
  [[3], [0, 0.5, 0]],
]);

/** The same behind a hidden layer of two units that are on for every image of positive pixels. */
export const WITH_HIDDEN = weightsFile([
  [
    [2, 2],
    [1, 0, 0, 1],
  ],
  [[2], [0, 0]],
  [
    [2, 3],
    [2, 0, -1, 0, 1, -1],
  ],
  [[3], [0, 0.5, 0]],
]);

/** A model that no image moves. */
export const DEAD = weightsFile([
  [
    [2, 3],
    [0, 0, 0, 0, 0, 0],
  ],
  [[3], [1, 0, 0]],
]);

/** An MLP's weights as a file: weight and bias of each layer in turn. */
export function weightsFile(
  tensors: readonly (readonly [shape: readonly number[], data: readonly number[]])[],
): Uint8Array<ArrayBuffer> {
  return writeSafetensors(
    tensors.map(([shape, data], index) => ({
      name: `dense${Math.floor(index / 2)}.${index % 2 === 0 ? "weight" : "bias"}`,
      dtype: "F32" as const,
      shape: [...shape],
      data: Float32Array.from(data),
    })),
  );
}
