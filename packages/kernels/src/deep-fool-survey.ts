import { checkRange } from "./check-range.ts";
import { DEEP_FOOL } from "./generated/layout.ts";
import type { ImageMemory } from "./image-memory.ts";
import type { MlpMemory } from "./mlp-memory.ts";
import type { Kernels } from "./start-kernels.ts";
import { survey, trimmedRows, type ImageRange } from "./survey.ts";

/** DeepFool's settings that a walk in the first layer's space can have: see packages/attacks. */
export interface DeepFoolWalkOptions {
  readonly maxSteps: number;
  readonly margin: number;
  /** By how much the summed steps are lengthened where the model is linearised, where it is tested, and at the end. */
  readonly factors: { readonly linearise: number; readonly test: number; readonly final: number };
}

/** What DeepFool found, one entry an image. */
export interface DeepFoolFindings {
  /** Classes predicted before and after. */
  readonly before: Int32Array<ArrayBuffer>;
  readonly after: Int32Array<ArrayBuffer>;
  readonly steps: Int32Array<ArrayBuffer>;
  /** 1 for an image that reached another class, or its target. */
  readonly fooled: Uint8Array<ArrayBuffer>;
  /** |Dx| and |x|. */
  readonly norms: Float32Array<ArrayBuffer>;
  readonly imageNorms: Float32Array<ArrayBuffer>;
  /** Logits of the perturbed images, `[count, classes]`. */
  readonly logits: Float32Array<ArrayBuffer>;
  /** The perturbed images, `[count, imageSize]`; null if not asked for. */
  readonly perturbed: Float32Array<ArrayBuffer> | null;
}

/**
 * DeepFool on a range of images, unclipped.
 *
 * @param targets `[count]`: classes to reach, or -1.
 * @throws {RangeError} As `survey`, or if there is not one target an image, a class or -1.
 */
export function deepFoolOn(
  kernels: Kernels,
  mlp: MlpMemory,
  images: ImageMemory,
  { range, targets, options, keepsImages }: DeepFoolOrders,
): DeepFoolFindings {
  const { heap } = kernels;
  const { classWidth, inputs } = mlp.padded;
  const { count } = range;
  const { maxSteps, margin, factors } = options;
  const doing = "run DeepFool";
  const { classes } = mlp.sizes;
  const beyond =
    Array.from(targets).find((target) => !Number.isInteger(target) || target < -1 || target >= classes) ?? -1;
  checkRange(targets.length === count, {
    doing,
    what: "the number of targets",
    wanted: `${count}`,
    value: targets.length,
  });
  checkRange(beyond === -1, {
    doing,
    what: "a target",
    wanted: `-1 or a class below ${classes}`,
    value: beyond,
  });
  return survey(
    kernels,
    "DEEP_FOOL",
    { mlp, images, range },
    (region, rows) => {
      const places = {
        logits: region.numbers(rows * classWidth),
        deepFool: region.structure(DEEP_FOOL, { maxSteps, margin, ...factors, keepsTrail: 0 }),
        targets: region.numbers(rows),
        before: region.numbers(rows),
        after: region.numbers(rows),
        steps: region.numbers(rows),
        fooled: region.numbers(rows),
        squaredNorms: region.numbers(rows),
        perturbed: keepsImages ? region.numbers(rows * inputs) : 0,
      };
      heap.integers(places.targets, count).set(targets);
      return places;
    },
    (at) => ({
      before: heap.integers(at.before, count).slice(),
      after: heap.integers(at.after, count).slice(),
      steps: heap.integers(at.steps, count).slice(),
      fooled: Uint8Array.from(heap.integers(at.fooled, count)),
      norms: roots(heap.floats(at.squaredNorms, count)),
      imageNorms: roots(heap.floats(at.squaredImages, count)),
      logits: trimmedRows(heap.floats(at.logits, count * classWidth), count, classWidth, mlp.sizes.classes),
      perturbed: keepsImages
        ? trimmedRows(heap.floats(at.perturbed, count * inputs), count, inputs, mlp.sizes.inputs)
        : null,
    }),
  );
}

export interface DeepFoolOrders {
  readonly range: ImageRange;
  readonly targets: ArrayLike<number>;
  readonly options: DeepFoolWalkOptions;
  /** Whether the perturbed images are wanted, not only their measures. */
  readonly keepsImages: boolean;
}

function roots(squares: Float32Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(squares, Math.sqrt);
}
