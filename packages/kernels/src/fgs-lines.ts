import { SURVEY } from "./generated/layout.ts";
import type { ImageMemory } from "./image-memory.ts";
import type { MlpMemory } from "./mlp-memory.ts";
import { createRegion } from "./region.ts";
import type { Kernels } from "./start-kernels.ts";
import { survey } from "./survey.ts";

/** The lines along which FGS moves a set of images, unclipped, in the first layer's space. */
export interface FgsLines {
  readonly count: number;
  /** Images whose gradient is zero everywhere, which FGS cannot move. */
  readonly zeroGradients: number;
  /** How many images are classified correctly at each epsilon. */
  correctAt(epsilons: readonly number[]): number[];
  free(): void;
}

/** @param mlp, images Borrowed until `free`. @returns Owned by the caller. @throws {RangeError} If memory is short. */
export function fgsLines(kernels: Kernels, mlp: MlpMemory, images: ImageMemory): FgsLines {
  const { heap } = kernels;
  const { count } = images;
  const { width } = mlp.padded;
  const lines = createRegion(heap);
  try {
    const rows = Math.ceil(count / 4) * 4;
    const places = { z: lines.numbers(rows * width), direction: lines.numbers(rows * width) };
    return survey(
      kernels,
      "FGS",
      { mlp, images, range: { first: 0, count } },
      (region) => ({ ...places, zeroGradients: region.numbers(rows) }),
      (at) => ({
        count,
        zeroGradients: heap.integers(at.zeroGradients, count).reduce((sum, isZero) => sum + isZero, 0),
        correctAt: (epsilons) => {
          const region = createRegion(heap);
          try {
            const orders = {
              ...at,
              epsilons: region.numbers(epsilons.length),
              epsilonCount: epsilons.length,
              correct: region.numbers(epsilons.length),
            };
            heap.floats(orders.epsilons, epsilons.length).set(epsilons);
            mlp.prepareSurvey();
            kernels.run("EPSILONS", region.structure(SURVEY, orders));
            return [...heap.integers(orders.correct, epsilons.length)];
          } finally {
            region.free();
          }
        },
        free: lines.free,
      }),
    );
  } catch (error) {
    lines.free();
    throw error;
  }
}
