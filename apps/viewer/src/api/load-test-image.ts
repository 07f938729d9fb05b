import type { Result, SeedResult } from "@gambeson/contract";
import { unitImages } from "@gambeson/elements/picture-bytes";
import { server } from "./server.ts";

/** Whose test images are wanted. */
export interface TestSet {
  /** The run's id. */
  readonly run: string;
  readonly result: Result;
  readonly seed: SeedResult;
}

/** An image of a run's test set. */
export interface TestImage {
  /** The run's id. */
  readonly run: string;
  /** Position in the test set. */
  readonly index: number;
  /** float32 `[height * width]`, from 0 to 1. */
  readonly pixels: Float32Array;
  /** True class. */
  readonly label: number;
}

/** Gives the test image at a position. Rejects as the client does. */
export type TestImageLoader = (from: TestSet, index: number, signal: AbortSignal) => Promise<TestImage>;

/** @returns A loader that asks the server only for images which neither the result holds nor it has loaded before. */
export function createTestImageLoader(): TestImageLoader {
  const seen = new Map<string, TestImage>();
  return async (from, index, signal) => {
    const key = `${from.run}/${index}`;
    const image = seen.get(key) ?? sampleOf(from, index) ?? (await ask(from.run, index, signal));
    seen.set(key, image);
    return image;
  };
}

/** The image as the result shows it, exact to its 8 bits; null where it is not among the samples. */
function sampleOf({ run, result: { dataset }, seed: { samples } }: TestSet, index: number): TestImage | null {
  const sample = samples.indices.indexOf(index);
  if (sample === -1) return null;
  const pixels = unitImages(samples.original, dataset.height * dataset.width)[sample]!;
  return { run, index, pixels, label: samples.labels[sample]! };
}

async function ask(run: string, index: number, signal: AbortSignal): Promise<TestImage> {
  const [{ pixels }, { images }] = await Promise.all([
    server.runs.imagePixels(run, index, { view: "original" }, { signal }),
    server.runs.images(run, { from: index, limit: 1 }, { signal }),
  ]);
  return { run, index, pixels, label: images[0]!.label };
}
