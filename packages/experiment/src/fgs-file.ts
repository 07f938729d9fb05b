import { viewSafetensors, writeSafetensors } from "@gambeson/models/safetensors";
import { columnOf } from "./column-of.ts";

/** What fast gradient sign does to each image of a set, at any epsilon; and what the model says of it at one. */
export interface FgsImages {
  readonly count: number;
  readonly imageSize: number;
  /** uint8 `[count, imageSize]`: 1 where a pixel gets brighter, 2 where darker, 0 where it stays. */
  readonly signs: Uint8Array<ArrayBuffer>;
  /** `[count]`: class predicted at the epsilon, and its softmax probability. */
  readonly predicted: Int32Array<ArrayBuffer>;
  readonly probability: Float32Array<ArrayBuffer>;
}

/** @returns A safetensors file; its tensors are named as the properties. */
export function writeFgsImages(images: FgsImages): Uint8Array<ArrayBuffer> {
  const { count, imageSize, signs, predicted, probability } = images;
  return writeSafetensors([
    { name: "signs", dtype: "U8", shape: [count, imageSize], data: signs },
    { name: "predicted", dtype: "I32", shape: [count], data: predicted },
    { name: "probability", dtype: "F32", shape: [count], data: probability },
  ]);
}

/** @param bytes Borrowed: the arrays are views of it. @throws {SyntaxError} If the file is damaged, or another. */
export function readFgsImages(bytes: Uint8Array<ArrayBuffer>): FgsImages {
  const { tensors } = viewSafetensors(bytes);
  const [count = 0, imageSize = 0] = tensors.get("signs")?.shape ?? [];
  const column = columnOf(tensors, "FGS images");
  return {
    count,
    imageSize,
    signs: column("signs", "U8", [count, imageSize]),
    predicted: column("predicted", "I32", [count]),
    probability: column("probability", "F32", [count]),
  };
}

/**
 * An image moved by FGS: x + epsilon * sign, in float32, as the attack computes it.
 *
 * @param image float32 `[imageSize]`. Borrowed.
 * @param signs Its row of `FgsImages.signs`.
 * @param clip Whether to keep it in [0, 1].
 */
export function fgsImage(
  image: Float32Array,
  signs: Uint8Array,
  { epsilon, clip }: { readonly epsilon: number; readonly clip: boolean },
): Float32Array<ArrayBuffer> {
  const step = Math.fround(epsilon);
  const steps = [0, step, -step];
  return Float32Array.from(image, (value, pixel) => {
    const moved = Math.fround(value + steps[signs[pixel]!]!);
    return clip ? Math.min(Math.max(moved, 0), 1) : moved;
  });
}
