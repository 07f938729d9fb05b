import type { Result, SeedResult } from "@gambeson/contract";
import { numberText } from "@gambeson/elements/numbers";
import { unitImages } from "@gambeson/elements/picture-bytes";

/** Test images that are at hand without the server. */
export interface PlayGallery {
  /** Pixels of each, from 0 to 1. */
  readonly images: readonly Float32Array[];
  /** Position of each in the test set. */
  readonly indices: readonly number[];
  /** "Test image 7: Shirt". */
  readonly names: readonly string[];
}

/** The images that a run's report shows of a seed. */
export function playGallery(
  { dataset: { classNames, height, width } }: Pick<Result, "dataset">,
  { samples }: Pick<SeedResult, "samples">,
): PlayGallery {
  const { indices, labels, original } = samples;
  return {
    images: unitImages(original, height * width),
    indices,
    names: indices.map((at, i) => `Test image ${numberText(at)}: ${classNames[labels[i]!] ?? labels[i]!}`),
  };
}
