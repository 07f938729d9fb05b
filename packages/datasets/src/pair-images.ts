import type { IdxImages } from "./parse-idx.ts";
import type { ImageSet } from "./image-set.ts";

/**
 * Puts images and their labels together.
 *
 * @param classCount Classes are 0 to `classCount - 1`.
 * @param name What errors call the two.
 * @throws {RangeError} If there are more of one than of the other, or a label is not a class.
 */
export function pairImages(
  images: IdxImages,
  labels: Uint8Array<ArrayBuffer>,
  classCount: number,
  name: string,
): ImageSet {
  if (labels.length !== images.count) {
    throw new RangeError(
      `Cannot pair the ${name} as there must be one label an image: current value is ${images.count} images, ${labels.length} labels`,
    );
  }
  const wrong = labels.findIndex((label) => label >= classCount);
  if (wrong !== -1) {
    throw new RangeError(
      `Cannot use the ${name} as every label must be 0 to ${classCount - 1}: current value is ${labels[wrong]!} at position ${wrong}`,
    );
  }
  return { ...images, labels };
}
