import { tf, type Tensor } from "@gambeson/runtime";
import type { Classifier } from "./classifier.ts";
import { mlpLayers, requireFinite } from "./mlp-layers.ts";
import { mlp } from "./mlp.ts";
import { readSafetensors, writeSafetensors } from "./safetensors.ts";

/** A classifier's weights as a safetensors file: `dense0.weight` `[inputs, outputs]`, `dense0.bias` `[outputs]`, and so on. */
export function saveClassifier(classifier: Classifier): Uint8Array<ArrayBuffer> {
  return writeSafetensors(
    classifier.parameters.map((parameter, index) => ({
      name: classifier.parameterNames[index]!,
      dtype: "F32" as const,
      shape: parameter.shape,
      data: Float32Array.from(parameter.dataSync<"float32">()),
    })),
  );
}

/**
 * Reads an MLP of any depth back. A layer without a bias gets a bias of zeros.
 *
 * @returns A classifier whose parameters the caller owns.
 * @throws {SyntaxError} If the file is damaged, or holds other tensors than an MLP's.
 * @throws {RangeError} If a weight is NaN or infinite.
 * @throws {ShapeError} If the layers do not fit each other.
 */
export function loadMlp(bytes: Uint8Array): Classifier {
  const { tensors } = readSafetensors(bytes);
  const found = mlpLayers(tensors).flatMap(({ weight, bias }) => [
    weight,
    bias ?? { shape: [weight.shape[1]!], data: new Float32Array(weight.shape[1]!) },
  ]);
  for (const [name, { data }] of tensors) requireFinite(name, data);
  const parameters: Tensor[] = [];
  try {
    for (const { shape, data } of found) parameters.push(tf.tensor(data, [...shape]));
    return mlp(parameters);
  } catch (error) {
    tf.dispose(parameters);
    throw error;
  }
}
