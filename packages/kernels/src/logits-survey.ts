import type { ImageMemory } from "./image-memory.ts";
import type { MlpMemory } from "./mlp-memory.ts";
import type { Kernels } from "./start-kernels.ts";
import { survey, trimmedRows, type ImageRange } from "./survey.ts";

/** Logits of a range of images, float32 `[count, classes]`. @throws {RangeError} As `survey`. */
export function logitsOf(
  kernels: Kernels,
  mlp: MlpMemory,
  images: ImageMemory,
  range: ImageRange,
): Float32Array<ArrayBuffer> {
  const { classWidth } = mlp.padded;
  return survey(
    kernels,
    "LOGITS",
    { mlp, images, range },
    (region, rows) => ({ logits: region.numbers(rows * classWidth) }),
    ({ logits }) =>
      trimmedRows(
        kernels.heap.floats(logits, range.count * classWidth),
        range.count,
        classWidth,
        mlp.sizes.classes,
      ),
  );
}
