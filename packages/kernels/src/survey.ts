import { checkRange } from "./check-range.ts";
import { SURVEY } from "./generated/layout.ts";
import type { ImageMemory } from "./image-memory.ts";
import type { MlpMemory } from "./mlp-memory.ts";
import { createRegion, type Region } from "./region.ts";
import type { Kernels } from "./start-kernels.ts";
import type { FieldsOf } from "./structure.ts";

/** Some images of a set. */
export interface ImageRange {
  readonly first: number;
  readonly count: number;
}

export type Orders = FieldsOf<typeof SURVEY>;

const NOTHING: Orders = {
  ...{ mlp: 0, images: 0, first: 0, count: 0, logits: 0, squaredImages: 0 },
  ...{ deepFool: 0, targets: 0, before: 0, after: 0, steps: 0, fooled: 0, squaredNorms: 0, perturbed: 0 },
  ...{ z: 0, direction: 0, zeroGradients: 0, signs: 0, epsilons: 0, epsilonCount: 0, correct: 0 },
};

/**
 * Runs an operation over a range of images, and frees its buffers after `read`.
 *
 * @param place Allocates what the operation needs besides |x|^2; `rows` is the range's length in whole groups of four.
 * @param read Copies the answers out; f32 `[count]` |x|^2 is at `squaredImages`.
 * @throws {RangeError} If the range is not within the set, the images do not fit the MLP, or memory is short.
 */
export function survey<T>(
  kernels: Kernels,
  operation: "LOGITS" | "DEEP_FOOL" | "FGS",
  {
    mlp,
    images,
    range,
  }: { readonly mlp: MlpMemory; readonly images: ImageMemory; readonly range: ImageRange },
  place: (region: Region, rows: number) => Partial<Orders>,
  read: (orders: Orders) => T,
): T {
  checkFit(mlp, images);
  checkWithin(range, images.count);
  const region = createRegion(kernels.heap);
  try {
    const rows = Math.ceil(range.count / 4) * 4;
    const orders: Orders = {
      ...NOTHING,
      mlp: mlp.address,
      images: images.address,
      ...range,
      squaredImages: region.numbers(rows),
      ...place(region, rows),
    };
    mlp.prepareSurvey();
    kernels.run(operation, region.structure(SURVEY, orders));
    return read(orders);
  } finally {
    region.free();
  }
}

/** Rows of `width` numbers without their padding: a copy. */
export function trimmedRows<Numbers extends Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>>(
  from: Numbers,
  count: number,
  width: number,
  wanted: number,
): Numbers {
  const rows = new (from.constructor as new (length: number) => Numbers)(count * wanted);
  for (let row = 0; row < count; row++) {
    rows.set(from.subarray(row * width, row * width + wanted), row * wanted);
  }
  return rows;
}

/** @throws {RangeError} If the MLP does not take such images, or has not as many classes. */
export function checkFit({ sizes }: MlpMemory, { imageSize, largestLabel }: ImageMemory): void {
  const doing = "use an MLP on images";
  checkRange(imageSize === sizes.inputs, {
    doing,
    what: "an image's pixels",
    wanted: `its ${sizes.inputs} inputs`,
    value: imageSize,
  });
  checkRange(largestLabel < sizes.classes, {
    doing,
    what: "a label",
    wanted: `below its ${sizes.classes} classes`,
    value: largestLabel,
  });
}

function checkWithin({ first, count }: ImageRange, all: number): void {
  const holds =
    Number.isInteger(first) && Number.isInteger(count) && first >= 0 && count >= 0 && first + count <= all;
  const value = `${count} from ${first} on`;
  checkRange(holds, { doing: "go over images", what: "the range", wanted: `within the set's ${all}`, value });
}
