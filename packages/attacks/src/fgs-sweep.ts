import { predictedClasses, type Classifier, type Differentiable } from "@gambeson/models";
import { scoped, tf, type Tensor2D } from "@gambeson/runtime";
import { checkEpsilon, lossGradientSign } from "./fgs.ts";

/** FGS at many epsilons: the gradient's sign is found once. */
export interface FgsSweep {
  /** Classes predicted for the batch's images at `epsilon`. @throws {RangeError} If `epsilon` is negative or not finite. */
  predictedAt(epsilon: number): Int32Array;
  /** Logits of the batch's images at `epsilon`, float32 `[batch, classCount]`. @throws As `predictedAt`. */
  logitsAt(epsilon: number): Float32Array;
  /** Images whose gradient is zero everywhere, which FGS cannot move. */
  readonly zeroGradients: number;
  /** What it holds, for a caller who keeps it beyond a scope. */
  readonly tensors: readonly Tensor2D[];
  dispose(): void;
}

export interface FgsSweepOptions {
  readonly clip: boolean;
  /** Gets the sign of the loss gradient at each pixel: -1, 0 or 1, float32 `[batch, inputSize]`. Borrowed. */
  onSign?(sign: Tensor2D): void;
}

/**
 * Prepares `fgs` on a batch for any epsilon. Without clipping the images lie on a line, and so do the outputs of a dense
 * first layer: z(epsilon) = z + epsilon (sign W). Each epsilon then costs the rest of the model only.
 *
 * The same, fast, for MLPs with one hidden layer: `packages/kernels/assembly/survey.ts`.
 *
 * @param images float32 `[batch, inputSize]`. Borrowed.
 * @param labels True classes, `[batch]`.
 * @returns Owned by the caller, who disposes it; inside a scope that is to end before, keep its `tensors`.
 * @throws As `fgs` does.
 */
export function fgsSweep(
  model: Classifier,
  images: Tensor2D,
  labels: ArrayLike<number>,
  { clip, onSign }: FgsSweepOptions,
): FgsSweep {
  const sign = lossGradientSign(model, images, labels);
  onSign?.(sign);
  const zeroGradients = scoped(
    () => images.shape[0] - Number(tf.sum(tf.any(tf.cast(sign, "bool"), 1).toInt()).dataSync()[0]),
  );
  const line = clip ? throughPixels(model, images, sign) : throughFirstLayer(model, images, sign);
  const atPoints = <T>(epsilon: number, use: (points: Tensor2D) => T): T => {
    checkEpsilon(epsilon);
    return scoped(() => {
      const points: Tensor2D = tf.add(line.start, tf.mul(line.direction, epsilon));
      return use(clip ? tf.clipByValue(points, 0, 1) : points);
    });
  };
  return {
    zeroGradients,
    tensors: [line.start, line.direction],
    predictedAt: (epsilon) => atPoints(epsilon, (points) => predictedClasses(line.model, points)),
    logitsAt: (epsilon) => atPoints(epsilon, (points) => line.model.logits(points).dataSync<"float32">()),
    dispose: () => {
      tf.dispose([line.start, line.direction]);
    },
  };
}

interface Line {
  readonly model: Pick<Differentiable, "logits">;
  readonly start: Tensor2D;
  readonly direction: Tensor2D;
}

function throughPixels(model: Classifier, images: Tensor2D, sign: Tensor2D): Line {
  return { model, start: images.clone(), direction: sign };
}

function throughFirstLayer(model: Classifier, images: Tensor2D, sign: Tensor2D): Line {
  if (model.firstLayer === null) return throughPixels(model, images, sign);
  const { apply, weight, rest } = model.firstLayer;
  const line = { model: rest, start: apply(images), direction: tf.matMul<Tensor2D>(sign, weight) };
  sign.dispose();
  return line;
}
