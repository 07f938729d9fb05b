import { SURVEY } from "./generated/layout.ts";
import type { ImageMemory } from "./image-memory.ts";
import type { MlpMemory } from "./mlp-memory.ts";
import { createRegion } from "./region.ts";
import type { Kernels } from "./start-kernels.ts";
import { survey, trimmedRows, type Orders } from "./survey.ts";

/** The lines along which FGS moves a set of images, unclipped, in the first layer's space. */
export interface FgsLines {
  readonly count: number;
  /** Images whose gradient is zero everywhere, which FGS cannot move. */
  readonly zeroGradients: number;
  /**
   * uint8 `[count, imageSize]`: 1 where FGS makes a pixel brighter, 2 where darker, 0 where it leaves it; null if not asked for.
   */
  readonly signs: Uint8Array<ArrayBuffer> | null;
  /** How many images are classified correctly at each epsilon. */
  correctAt(epsilons: readonly number[]): number[];
  /** Logits of all images at an epsilon, float32 `[count, classes]`. Owned by the caller. */
  logitsAt(epsilon: number): Float32Array<ArrayBuffer>;
  free(): void;
}

export interface FgsLinesOptions {
  /** Whether each pixel's sign is wanted, not only where it leads. */
  readonly keepsSigns?: boolean;
}

/** @param mlp, images Borrowed until `free`. @returns Owned by the caller. @throws {RangeError} If memory is short. */
export function fgsLines(
  kernels: Kernels,
  mlp: MlpMemory,
  images: ImageMemory,
  { keepsSigns }: FgsLinesOptions = {},
): FgsLines {
  const { heap } = kernels;
  const { count } = images;
  const { width, inputs } = mlp.padded;
  const lines = createRegion(heap);
  try {
    const rows = Math.ceil(count / 4) * 4;
    const places = { z: lines.numbers(rows * width), direction: lines.numbers(rows * width) };
    return survey(
      kernels,
      "FGS",
      { mlp, images, range: { first: 0, count } },
      (region) => ({
        ...places,
        zeroGradients: region.numbers(rows),
        signs: keepsSigns === true ? region.bytes(rows * inputs) : 0,
      }),
      (at) => ({
        count,
        zeroGradients: heap.integers(at.zeroGradients, count).reduce((sum, isZero) => sum + isZero, 0),
        signs:
          keepsSigns === true
            ? trimmedRows(heap.bytes(at.signs, count * inputs), count, inputs, images.imageSize)
            : null,
        ...pointsOn(kernels, mlp, count, at),
        free: lines.free,
      }),
    );
  } catch (error) {
    lines.free();
    throw error;
  }
}

/** What the model says of the points on the lines that `lines` hold. */
function pointsOn(
  kernels: Kernels,
  mlp: MlpMemory,
  count: number,
  lines: Orders,
): Pick<FgsLines, "correctAt" | "logitsAt"> {
  const { heap } = kernels;
  const { classWidth } = mlp.padded;
  const go = <T>(epsilons: readonly number[], read: (orders: Orders) => T): T => {
    const region = createRegion(heap);
    try {
      const orders = {
        ...lines,
        epsilons: region.numbers(epsilons.length),
        epsilonCount: epsilons.length,
        correct: region.numbers(epsilons.length),
        logits: region.numbers(Math.ceil(count / 4) * 4 * classWidth),
      };
      heap.floats(orders.epsilons, epsilons.length).set(epsilons);
      mlp.prepareSurvey();
      kernels.run("EPSILONS", region.structure(SURVEY, orders));
      return read(orders);
    } finally {
      region.free();
    }
  };
  return {
    correctAt: (epsilons) => go(epsilons, ({ correct }) => [...heap.integers(correct, epsilons.length)]),
    logitsAt: (epsilon) =>
      go([epsilon], ({ logits }) =>
        trimmedRows(heap.floats(logits, count * classWidth), count, classWidth, mlp.sizes.classes),
      ),
  };
}
