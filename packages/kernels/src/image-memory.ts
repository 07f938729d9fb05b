import { checkRange } from "./check-range.ts";
import { IMAGES } from "./generated/layout.ts";
import { inRegion, type Region } from "./region.ts";
import type { Kernels } from "./start-kernels.ts";

/** Images in JavaScript. */
export interface ImageArrays {
  readonly count: number;
  /** Pixels an image. */
  readonly imageSize: number;
  /** True classes, `[count]`. */
  readonly labels: Uint8Array;
  /** uint8 0..255 (read as value / 255) or float32 as they are; `[count, imageSize]`, row-major. */
  readonly pixels: Uint8Array | Float32Array;
}

/** Images in the kernels' memory. */
export interface ImageMemory {
  /** Address of the structure. */
  readonly address: number;
  readonly count: number;
  readonly imageSize: number;
  /** The largest label; -1 without images. */
  readonly largestLabel: number;
  free(): void;
}

/**
 * Copies images to the kernels.
 *
 * @returns Owned by the caller, who frees it.
 * @throws {RangeError} If there are not as many pixels or labels as `count` and `imageSize` say, or memory is short.
 */
export function loadImages(kernels: Kernels, images: ImageArrays): ImageMemory {
  const { heap } = kernels;
  const { count, imageSize, labels, pixels } = images;
  const doing = "load images";
  const wantedPixels = `${count} x ${imageSize}`;
  checkRange(pixels.length === count * imageSize, {
    doing,
    what: "the number of pixels",
    wanted: wantedPixels,
    value: pixels.length,
  });
  checkRange(labels.length === count, {
    doing,
    what: "the number of labels",
    wanted: `${count}`,
    value: labels.length,
  });
  const row = Math.ceil(imageSize / 4) * 4;
  const isBytes = pixels instanceof Uint8Array;
  return inRegion(heap, (region) => {
    const address = region.structure(IMAGES, {
      pixels: copyRows(kernels, region, images, row),
      isBytes: Number(isBytes),
      labels: region.bytes(count),
      blank: region.numbers(row),
    });
    const labelsAt = heap.view().getUint32(address + IMAGES.fields.labels.offset, true);
    heap.bytes(labelsAt, count).set(labels);
    const largestLabel = labels.reduce((largest, label) => Math.max(largest, label), -1);
    return { address, count, imageSize, largestLabel, free: region.free };
  });
}

/** Rows padded to a multiple of four pixels. */
function copyRows(
  { heap }: Kernels,
  region: Region,
  { count, imageSize, pixels }: ImageArrays,
  row: number,
): number {
  const isBytes = pixels instanceof Uint8Array;
  const address = isBytes ? region.bytes(count * row) : region.numbers(count * row);
  const to = isBytes ? heap.bytes(address, count * row) : heap.floats(address, count * row);
  if (row === imageSize) to.set(pixels);
  else {
    for (let image = 0; image < count; image++) {
      to.set(pixels.subarray(image * imageSize, (image + 1) * imageSize), image * row);
    }
  }
  return address;
}
