import type { ImageRow } from "@gambeson/contract";
import { atMost } from "./at-most.ts";
import { pageBefore } from "./page-before.ts";
import { server } from "./server.ts";

/** Which test images of a run are wanted, as one model took them. */
export interface WantedImages {
  readonly run: string;
  readonly seed: number;
  readonly model: string;
  /** True class; null for any. */
  readonly label: number | null;
  /** Whether DeepFool led it out of its class; null for either. */
  readonly fooled: boolean | null;
  /** Whether the model was right before; null for either. */
  readonly correct: boolean | null;
  /** Position in the test set. */
  readonly from: number;
  /** Most images. */
  readonly size: number;
}

/** A test image and what attacks made of it; pixels are `[height * width]`, row-major. */
export interface LoadedImage {
  readonly row: ImageRow;
  readonly height: number;
  readonly width: number;
  readonly original: Float32Array;
  readonly deepFool: Float32Array;
  /** FGS with a step of 1, which tells its direction: from there any step can be had. */
  readonly wholeFgs: Float32Array;
}

export interface LoadedImages {
  readonly images: readonly LoadedImage[];
  /** How many fit, on all pages. */
  readonly total: number;
  /** Where the next page begins; null on the last one. */
  readonly next: number | null;
}

/** Requests at a time: as many as browsers allow a host. */
const MOST = 6;

/** Loads a page of images with their pixels, until `signal` aborts. */
export async function loadImages(wanted: WantedImages, signal: AbortSignal): Promise<LoadedImages> {
  const { images: rows, total, next } = await list(wanted, wanted.size, signal);
  const { run, seed, model } = wanted;
  const parts = rows.flatMap(({ index }) =>
    (["original", "deepfool", "fgs"] as const).map((view) => ({ index, view })),
  );
  const pixels = await atMost(MOST, parts, ({ index, view }) => {
    const of = view === "original" ? {} : { seed, model };
    const epsilon = view === "fgs" ? { epsilon: 1 } : {};
    return server.runs.imagePixels(run, index, { view, ...of, ...epsilon }, { signal });
  });
  const images = rows.map((row, i): LoadedImage => {
    const [original, deepFool, fgs] = [pixels[3 * i]!, pixels[3 * i + 1]!, pixels[3 * i + 2]!];
    const { height, width } = original;
    return { row, height, width, original: original.pixels, deepFool: deepFool.pixels, wholeFgs: fgs.pixels };
  });
  return { images, total, next };
}

/** Where the page begins that ends before a position. */
export function findPageBefore(wanted: WantedImages, before: number, signal: AbortSignal): Promise<number> {
  const ask = async (from: number, limit: number) => {
    const { images, next } = await list({ ...wanted, from }, limit, signal);
    return { positions: images.map(({ index }) => index), next };
  };
  return pageBefore(ask, { before, size: wanted.size });
}

function list(
  { run, seed, model, label, fooled, correct, from }: WantedImages,
  limit: number,
  signal: AbortSignal,
) {
  const filters = { class: label ?? undefined, fooled: fooled ?? undefined, correct: correct ?? undefined };
  return server.runs.images(run, { seed, model, ...filters, limit, from }, { signal });
}
