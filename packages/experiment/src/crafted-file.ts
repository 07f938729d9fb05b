import { readSafetensors, writeSafetensors } from "@gambeson/models";
import type { ImageSource } from "@gambeson/training";

/** Adversarial images, exact, as a safetensors file with the labels of the images they were made from. */
export function writeCrafted(
  pixels: Float32Array<ArrayBuffer>,
  { count, imageSize, labels }: ImageSource,
): Uint8Array<ArrayBuffer> {
  return writeSafetensors([
    { name: "images", dtype: "F32", shape: [count, imageSize], data: pixels },
    { name: "labels", dtype: "U8", shape: [count], data: Uint8Array.from(labels) },
  ]);
}

/** @throws {SyntaxError} If the file is damaged. */
export function readCrafted(bytes: Uint8Array): ImageSource {
  const { tensors } = readSafetensors(bytes);
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
