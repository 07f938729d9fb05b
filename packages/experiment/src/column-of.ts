import type { SafeTensor, SafetensorsFile } from "@gambeson/models/safetensors";

type DataOf<Dtype extends SafeTensor["dtype"]> = Extract<SafeTensor, { readonly dtype: Dtype }>["data"];

/**
 * Takes tensors out of a file that must hold them.
 *
 * @param what The file's content, for the message.
 * @returns A function that throws a SyntaxError where the tensor is absent, or of another type or shape.
 */
export function columnOf(tensors: SafetensorsFile["tensors"], what: string) {
  return <Dtype extends SafeTensor["dtype"]>(
    name: string,
    dtype: Dtype,
    shape: readonly number[],
  ): DataOf<Dtype> => {
    const tensor = tensors.get(name);
    if (tensor?.dtype === dtype && tensor.shape.join() === shape.join()) return tensor.data as DataOf<Dtype>;
    const actual = tensor === undefined ? "missing" : `${tensor.dtype} [${tensor.shape.join(", ")}]`;
    throw new SyntaxError(
      `Cannot read ${what} as '${name}' must be ${dtype} [${shape.join(", ")}]: current value is ${actual}`,
    );
  };
}
