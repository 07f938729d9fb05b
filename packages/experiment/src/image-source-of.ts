import type { ImageSet } from "@gambeson/datasets";
import type { ImageSource } from "@gambeson/training";

/** A data set's images as training and attacks read them. */
export function imageSourceOf({ images, labels, count, height, width }: ImageSet): ImageSource {
  return { count, imageSize: height * width, labels, pixels: images };
}
