import { viewSafetensors, writeSafetensors } from "@gambeson/models/safetensors";
import type { ImageSource } from "@gambeson/training";

/**
 * A safetensors file for adversarial images, exact, with the labels of the images they are made from.
 *
 * @returns The file, and a view of the pixels in it, float32 `[count, imageSize]`, zero so far: to be filled in place, as there
 *   may be hundreds of megabytes.
 */
export function emptyCrafted({ count, imageSize, labels }: ImageSource): {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly pixels: Float32Array;
} {
  const images = new Float32Array(count * imageSize);
  const bytes = writeSafetensors([
    { name: "images", dtype: "F32", shape: [count, imageSize], data: images },
    { name: "labels", dtype: "U8", shape: [count], data: Uint8Array.from(labels) },
  ]);
  return { bytes, pixels: readCrafted(bytes).pixels };
}

/** @param bytes Borrowed: the pixels are a view of it. @throws {SyntaxError} If the file is damaged. */
export function readCrafted(bytes: Uint8Array<ArrayBuffer>): ImageSource & { readonly pixels: Float32Array } {
  const { tensors } = viewSafetensors(bytes);
  const images = tensors.get("images");
  const labels = tensors.get("labels");
  const [count, imageSize] = images?.shape ?? [];
  if (images?.dtype !== "F32" || labels?.dtype !== "U8" || count === undefined || imageSize === undefined) {
    throw new SyntaxError(
      "Cannot read crafted images as the file must hold F32 images and U8 labels: current value is another file",
    );
  }
  return { count, imageSize, labels: labels.data, pixels: images.data };
}
