import { tf, type Tensor } from "@gambeson/runtime";
import type { Classifier } from "./classifier.ts";
import { mlp } from "./mlp.ts";
import { readSafetensors, writeSafetensors, type SafeTensor } from "./safetensors.ts";

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
  const layerCount = [...tensors.keys()].filter((name) => /^dense\d+\.weight$/.test(name)).length;
  const found = Array.from({ length: layerCount }, (_, layer) => {
    const weight = tensorOf(tensors, `dense${layer}.weight`, 2);
    const bias = tensors.has(`dense${layer}.bias`)
      ? tensorOf(tensors, `dense${layer}.bias`, 1)
      : { shape: [weight.shape[1]!], data: new Float32Array(weight.shape[1]!) };
    return [weight, bias];
  }).flat();
  const expected = new Set(
    Array.from({ length: layerCount }, (_, layer) => [`dense${layer}.weight`, `dense${layer}.bias`]).flat(),
  );
  const unknown = [...tensors.keys()].find((name) => !expected.has(name));
  if (unknown !== undefined || layerCount === 0) {
    throw new SyntaxError(
      `Cannot load the weights as their names must be dense0.weight, dense0.bias, dense1.weight, ...: current value is ${JSON.stringify(unknown ?? "no dense0.weight")}`,
    );
  }
  const parameters: Tensor[] = [];
  try {
    for (const { shape, data } of found) parameters.push(tf.tensor(data, [...shape]));
    return mlp(parameters);
  } catch (error) {
    tf.dispose(parameters);
    throw error;
  }
}

function tensorOf(tensors: ReadonlyMap<string, SafeTensor>, name: string, rank: number) {
  const tensor = tensors.get(name);
  if (tensor?.dtype !== "F32" || tensor.shape.length !== rank || tensor.data.length === 0) {
    const actual = tensor === undefined ? "missing" : `${tensor.dtype} [${tensor.shape.join(", ")}]`;
    throw new SyntaxError(
      `Cannot load the weights as ${name} must be F32 of rank ${rank} and not empty: current value is ${actual}`,
    );
  }
  const position = tensor.data.findIndex((value) => !Number.isFinite(value));
  if (position !== -1) {
    throw new RangeError(
      `Cannot load the weights as every value of ${name} must be finite: current value is ${tensor.data[position]} at position ${position}`,
    );
  }
  return tensor;
}
