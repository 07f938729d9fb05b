import type { Dataset, DatasetSplit } from "../dataset.ts";
import { DATASETS } from "../datasets.ts";
import type { ImageSet } from "../image-set.ts";
import { sha256 } from "../sha256.ts";
import { drawGarments } from "./draw-garments.ts";

export interface SyntheticOptions {
  /** Integer in [0, 2^53). */
  readonly seed?: number;
  /** How many images to draw; the first n are the same whatever the count. */
  readonly train?: number;
  readonly test?: number;
}
/**
 * 12,000 and 2,000 images are drawn in a few seconds. On them an MLP 784-100-10 reaches 91 % in training and 88 to 89 %
 * in the test (NumPy, Adam 1e-3, batch 64, 10 epochs, three seeds).
 */
export const SYNTHETIC_DEFAULTS: Required<SyntheticOptions> = {
  seed: 1,
  train: DATASETS.synthetic.train,
  test: DATASETS.synthetic.test,
};

/**
 * Draws a data set in the likeness of Fashion-MNIST: its ten classes, 28x28, on a black background. Every image has a random
 * stream of its own, and pixels come from exact arithmetic (no sine, no logarithm), so they are the same on every machine.
 *
 * @throws {RangeError} If the seed or a count is out of range.
 */
export async function drawSyntheticGarments(options: SyntheticOptions = {}): Promise<Dataset> {
  const { seed, train, test } = { ...SYNTHETIC_DEFAULTS, ...options };
  const { name, title, classNames, height, width } = DATASETS.synthetic;
  return {
    name,
    title,
    classNames,
    height,
    width,
    train: await withChecksums(drawGarments(seed, "train", train)),
    test: await withChecksums(drawGarments(seed, "test", test)),
    synthetic: true,
    warning: null,
  };
}

async function withChecksums(set: ImageSet): Promise<DatasetSplit> {
  return { ...set, imagesSha256: await sha256(set.images), labelsSha256: await sha256(set.labels) };
}
