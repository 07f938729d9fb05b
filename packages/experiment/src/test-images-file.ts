import type { ImageSet } from "@gambeson/datasets";
import { viewSafetensors, writeSafetensors } from "@gambeson/models/safetensors";
import { columnOf } from "./column-of.ts";

/** A set of test images as a safetensors file: `images` U8 `[count, height, width]` and `labels` U8 `[count]`. */
export function writeTestImages(set: ImageSet): Uint8Array<ArrayBuffer> {
  const { images, labels, count, height, width } = set;
  return writeSafetensors([
    { name: "images", dtype: "U8", shape: [count, height, width], data: images },
    { name: "labels", dtype: "U8", shape: [count], data: labels },
  ]);
}

/** @param bytes Borrowed: the arrays are views of it. @throws {SyntaxError} If the file is damaged, or another. */
export function readTestImages(bytes: Uint8Array<ArrayBuffer>): ImageSet {
  const { tensors } = viewSafetensors(bytes);
  const [count = 0, height = 0, width = 0] = tensors.get("images")?.shape ?? [];
  const column = columnOf(tensors, "test images");
  return {
    images: column("images", "U8", [count, height, width]),
    labels: column("labels", "U8", [count]),
    count,
    height,
    width,
  };
}
