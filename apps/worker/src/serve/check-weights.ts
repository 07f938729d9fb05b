import { mlpLayers, mlpSizes, requireFinite } from "@gambeson/models/mlp-layers";
import { refuseFile } from "./refuse-file.ts";
import type { PartedFile } from "./parted-file.ts";
import { openTensorFile } from "./tensor-file.ts";

/**
 * Makes sure that a file holds an MLP's weights, as training reads them.
 *
 * @param mostWeights Models with more of them are refused.
 * @returns Sizes of its layers, from pixels to classes: `[784, 100, 10]`.
 * @throws {Refusal} FILE_INVALID.
 */
export function checkWeights(file: PartedFile, mostWeights: number): Promise<number[]> {
  return refuseFile(async () => {
    const tensors = await openTensorFile(file);
    const sizes = mlpSizes(mlpLayers(tensors.places));
    let weights = 0;
    for (const [name, { shape }] of tensors.places) {
      weights += shape.reduce((product, size) => product * size, 1);
      if (weights > mostWeights) {
        throw new RangeError(
          `Cannot take the weights as there must be at most ${mostWeights}: current value is ${weights} with ${name}`,
        );
      }
    }
    for (const name of tensors.places.keys()) requireFinite(name, await tensors.float32(name));
    return sizes;
  });
}
