import { oneLine } from "@gambeson/contract/one-line";

/** A dense layer's tensors: weight `[inputs, outputs]`, bias `[outputs]` or none. */
export interface MlpLayer<T> {
  readonly weight: T;
  readonly bias: T | null;
}

/** What a tensor of a file says of itself; its values may still be in the file. */
interface Described {
  readonly dtype: string;
  readonly shape: readonly number[];
}

/**
 * The layers of a file of an MLP's weights, from pixels to classes: `dense0.weight`, `dense0.bias`, `dense1.weight` and so on.
 *
 * Whether the layers fit each other is left to `mlpSizes`.
 *
 * @throws {SyntaxError} If the file holds other tensors than an MLP's.
 */
export function mlpLayers<T extends Described>(tensors: ReadonlyMap<string, T>): MlpLayer<T>[] {
  const count = [...tensors.keys()].filter((name) => /^dense\d+\.weight$/.test(name)).length;
  const layers = Array.from({ length: count }, (_, layer) => ({
    weight: requireTensor(tensors, `dense${layer}.weight`, 2),
    bias: tensors.has(`dense${layer}.bias`) ? requireTensor(tensors, `dense${layer}.bias`, 1) : null,
  }));
  const expected = new Set(layers.flatMap((_, layer) => [`dense${layer}.weight`, `dense${layer}.bias`]));
  const unknown = [...tensors.keys()].find((name) => !expected.has(name));
  if (unknown === undefined && count > 0) return layers;
  throw new SyntaxError(
    `Cannot load the weights as their names must be dense0.weight, dense0.bias, dense1.weight, ...: current value is ${oneLine(JSON.stringify(unknown ?? "no dense0.weight"))}`,
  );
}

/**
 * Sizes of an MLP's layers, from pixels to classes: `[784, 100, 10]`.
 *
 * @throws {SyntaxError} If the layers do not fit each other.
 */
export function mlpSizes(layers: readonly MlpLayer<Described>[]): number[] {
  const sizes = [layers[0]?.weight.shape[0] ?? 0];
  layers.forEach(({ weight, bias }, index) => {
    requireShape(`dense${index}.weight`, weight, [sizes[index]!, weight.shape[1]!]);
    if (bias !== null) requireShape(`dense${index}.bias`, bias, [weight.shape[1]!]);
    sizes.push(weight.shape[1]!);
  });
  return sizes;
}

/** @throws {RangeError} If a value is NaN or infinite. */
export function requireFinite(name: string, values: ArrayLike<number>): void {
  for (let position = 0; position < values.length; position++) {
    if (Number.isFinite(values[position])) continue;
    throw new RangeError(
      `Cannot load the weights as every value of ${name} must be finite: current value is ${values[position]!} at position ${position}`,
    );
  }
}

function requireTensor<T extends Described>(tensors: ReadonlyMap<string, T>, name: string, rank: number): T {
  const tensor = tensors.get(name);
  if (tensor?.dtype === "F32" && tensor.shape.length === rank && !tensor.shape.includes(0)) return tensor;
  const actual = tensor === undefined ? "missing" : oneLine(`${tensor.dtype} [${tensor.shape.join(", ")}]`);
  throw new SyntaxError(
    `Cannot load the weights as ${name} must be F32 of rank ${rank} and not empty: current value is ${actual}`,
  );
}

function requireShape(name: string, { shape }: Described, expected: readonly number[]): void {
  if (shape.join() === expected.join()) return;
  throw new SyntaxError(
    `Cannot load the weights as the shape of ${name} must be [${expected.join(", ")}]: current value is [${shape.join(", ")}]`,
  );
}
