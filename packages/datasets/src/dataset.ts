import type { DatasetSummary } from "@gambeson/contract";
import type { ImageSet } from "./image-set.ts";

/** The training or the test images of a data set, and what they were read from. */
export interface DatasetSplit extends ImageSet {
  /** SHA-256, in hexadecimal, of the whole uncompressed IDX file, or of all drawn pixels. */
  readonly imagesSha256: string;
  readonly labelsSha256: string;
}

/** Images to train on and to test on. */
export interface Dataset {
  /** "fashion-mnist", "mnist", "synthetic", or the last part of a folder's path. */
  readonly name: string;
  readonly title: string;
  /** One name a class; its length is the class count. */
  readonly classNames: readonly string[];
  readonly height: number;
  readonly width: number;
  readonly train: DatasetSplit;
  readonly test: DatasetSplit;
  /** True when the images were drawn by code. */
  readonly synthetic: boolean;
  /** Why this data set stands in for the one wanted; null when it is the one wanted. */
  readonly warning: string | null;
}

/** What a result says about its data set: all but the images. */
export function summariseDataset(dataset: Dataset): DatasetSummary {
  const { name, title, synthetic, warning, height, width, classNames, train, test } = dataset;
  return {
    name,
    title,
    synthetic,
    warning,
    height,
    width,
    classNames: [...classNames],
    train: summariseSplit(train),
    test: summariseSplit(test),
  };
}

function summariseSplit({ count, imagesSha256, labelsSha256 }: DatasetSplit): DatasetSummary["train"] {
  return { count, imagesSha256, labelsSha256 };
}
