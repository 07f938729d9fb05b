import { readSafetensors, writeSafetensors, type NamedSafeTensor } from "@gambeson/models/safetensors";
import { columnOf } from "./column-of.ts";

/** How one model took each test image, benign and under DeepFool: one entry an image, in the set's order. */
export interface ImageRows {
  /** True class. */
  readonly label: Uint8Array<ArrayBuffer>;
  /** Predicted class and its softmax probability, before the attack and after. */
  readonly before: Int32Array<ArrayBuffer>;
  readonly probabilityBefore: Float32Array<ArrayBuffer>;
  readonly after: Int32Array<ArrayBuffer>;
  readonly probabilityAfter: Float32Array<ArrayBuffer>;
  /** 1 for an image that left its class. */
  readonly fooled: Uint8Array<ArrayBuffer>;
  /** Steps taken. */
  readonly steps: Int32Array<ArrayBuffer>;
  /** |Dx| and |x|, Euclidean; pixels run over [0, 1]. */
  readonly norm: Float32Array<ArrayBuffer>;
  readonly imageNorm: Float32Array<ArrayBuffer>;
}

/** @param rows Borrowed. @returns A safetensors file with one tensor `[count]` a property. */
export function writeImageRows(rows: ImageRows): Uint8Array<ArrayBuffer> {
  const shape = [rows.label.length];
  const floats = { dtype: "F32", shape } as const;
  const integers = { dtype: "I32", shape } as const;
  const bytes = { dtype: "U8", shape } as const;
  const tensors: NamedSafeTensor[] = [
    { name: "label", ...bytes, data: rows.label },
    { name: "before", ...integers, data: rows.before },
    { name: "probabilityBefore", ...floats, data: rows.probabilityBefore },
    { name: "after", ...integers, data: rows.after },
    { name: "probabilityAfter", ...floats, data: rows.probabilityAfter },
    { name: "fooled", ...bytes, data: rows.fooled },
    { name: "steps", ...integers, data: rows.steps },
    { name: "norm", ...floats, data: rows.norm },
    { name: "imageNorm", ...floats, data: rows.imageNorm },
  ];
  return writeSafetensors(tensors);
}

/** @returns A copy, owned by the caller. @throws {SyntaxError} If the file is damaged, or another. */
export function readImageRows(bytes: Uint8Array): ImageRows {
  const { tensors } = readSafetensors(bytes);
  const shape = tensors.get("label")?.shape.slice(0, 1) ?? [];
  const column = columnOf(tensors, "image rows");
  return {
    label: column("label", "U8", shape),
    before: column("before", "I32", shape),
    probabilityBefore: column("probabilityBefore", "F32", shape),
    after: column("after", "I32", shape),
    probabilityAfter: column("probabilityAfter", "F32", shape),
    fooled: column("fooled", "U8", shape),
    steps: column("steps", "I32", shape),
    norm: column("norm", "F32", shape),
    imageNorm: column("imageNorm", "F32", shape),
  };
}
