import { predictedClasses, type Classifier, type Linearisation } from "@gambeson/models";
import { checkShape, scoped, ShapeError, tf, type Tensor2D } from "@gambeson/runtime";
import { UNTARGETED, type MinimalAttackOutcome } from "./attack.ts";
import { checkDeepFoolOptions, type DeepFoolOptions } from "./deep-fool-options.ts";
import {
  beginWalk,
  NO_LENGTH,
  perturbationsOf,
  pointsAt,
  squaredLengths,
  stepAlong,
  type DeepFoolWalk,
} from "./deep-fool-walk.ts";

export interface DeepFoolOutcome extends MinimalAttackOutcome {
  /**
   * The directions each image took, one tensor a step: float32 `[batch, classCount]`, 1 at the class it went towards, -1 at
   * the class it left, a row of zeros where it stood still. `deepFoolLengths` differentiates along it. Freed by `dispose`.
   */
  readonly path: readonly Tensor2D[];
}

/**
 * DeepFool: the shortest way over the nearest boundary of the linearised model, step by step.
 *
 *     w_k = grad g_k - grad g_f    h_k = g_k - g_f    for every class k but f, the one predicted before the attack
 *     l = argmin |h_k| / |w_k|
 *     r <- r + (|h_l| / |w_l| + margin) w_l / |w_l|
 *
 * With a target t instead: l = t, and f is the class predicted now. An image that is fooled stands still while others go on.
 *
 * @param model Borrowed; weights are read, never changed.
 * @param images float32 `[batch, inputSize]`, usually in [0, 1]. Borrowed.
 * @param targets `[batch]`: classes to reach, or `UNTARGETED`.
 * @param watch Called before the first step, with null, and after each one with the directions that it took, as in `path`. Tensors that it
 *   makes are freed.
 * @returns Holds tensors that outlive any scope: the caller must call `dispose`. `withDeepFool` does it for you.
 * @throws {RangeError} If an option or a target is out of range.
 * @throws {ShapeError} If `images` or `targets` has another shape.
 *
 * The same, fast, for MLPs with one hidden layer: `packages/kernels/assembly/deep-fool.ts`.
 *
 * Source: Moosavi-Dezfooli et al. 2016, algorithm 2, arXiv:1511.04599; targets as in Yan et al. 2018, arXiv:1803.00404. Where
 * the overshoot acts is an option, and by default not the paper's: see `OvershootConvention`. So is `margin`, by default 0 as there.
 */
export function deepFool(
  model: Classifier,
  images: Tensor2D,
  targets: ArrayLike<number>,
  options: DeepFoolOptions,
  watch?: (walk: DeepFoolWalk, directions: Tensor2D | null) => void,
): DeepFoolOutcome {
  checkDeepFoolOptions(options);
  checkShape("images", images.shape, [-1, model.inputSize]);
  checkTargets(targets, images.shape[0], model.classCount);

  const path: Tensor2D[] = [];
  try {
    return scoped(() => {
      let walk = beginWalk(model, images, options);
      const before = predictedClasses(walk.geometry, walk.start);
      const goals: Goals = { targets, before, now: before, fooled: isFooled(before, before, targets) };
      const steps = new Int32Array(before.length);
      watch?.(walk, null);

      for (let step = 0; step < options.maxSteps && goals.fooled.includes(0); step++) {
        const [covectors, displacement, directions] = tf.tidy((): [Tensor2D, Tensor2D, Tensor2D] => {
          const here = walk.geometry.linearise(pointsAt(walk, walk.factors.linearise));
          const directions = chooseDirections(walk, here, goals);
          const next = stepAlong(walk, here, directions);
          return [next.covectors, next.displacement, directions];
        });
        path.push(tf.keep(directions));
        walk = { ...walk, covectors, displacement };
        watch?.(walk, directions);
        goals.fooled.forEach((fooled, image) => (steps[image]! += 1 - fooled));
        goals.now = predictedClasses(walk.geometry, pointsAt(walk, walk.factors.test));
        const fooledNow = isFooled(goals.now, before, targets);
        goals.fooled = goals.fooled.map((fooled, image) => fooled | fooledNow[image]!);
      }

      const after = predictedClasses(walk.geometry, pointsAt(walk, walk.factors.final));
      const norms = squaredLengths(walk)
        .dataSync<"float32">()
        .map((square) => Math.sqrt(Math.max(square, 0)));
      const end = [walk.start, walk.covectors, walk.displacement].map((tensor) => tf.keep(tensor));
      return {
        fooled: isFooled(after, before, targets),
        steps,
        before,
        after,
        norms,
        path,
        perturbations: () => tf.tidy(() => perturbationsOf(walk)),
        dispose: () => {
          tf.dispose([...path, ...end]);
        },
      };
    });
  } catch (error) {
    tf.dispose(path);
    throw error;
  }
}

/** Runs `deepFool`, hands its outcome to `use`, and frees it whatever happens. @throws What they throw. */
export function withDeepFool<T>(
  model: Classifier,
  images: Tensor2D,
  targets: ArrayLike<number>,
  options: DeepFoolOptions,
  use: (outcome: DeepFoolOutcome) => T,
): T {
  const outcome = deepFool(model, images, targets, options);
  try {
    return use(outcome);
  } finally {
    outcome.dispose();
  }
}

/** What decides where each image goes next, and whether it goes at all. */
interface Goals {
  readonly targets: ArrayLike<number>;
  /** Classes predicted before the attack, and now. */
  readonly before: Int32Array;
  now: Int32Array;
  /** 1 for an image that stands still from now on. */
  fooled: Uint8Array;
}

/** The direction of every image's next step, as `stepAlong` wants it: float32 `[batch, classCount]`. */
function chooseDirections(walk: DeepFoolWalk, here: Linearisation, goals: Goals): Tensor2D {
  const [batch, classCount] = here.logits.shape;
  const nearest = nearestClasses(walk, here, goals.before);
  const directions = new Float32Array(batch * classCount);
  for (let image = 0; image < batch; image++) {
    if (goals.fooled[image] === 1) continue;
    const untargeted = goals.targets[image] === UNTARGETED;
    const from = untargeted ? goals.before[image]! : goals.now[image]!;
    const to = untargeted ? nearest[image]! : goals.targets[image]!;
    if (to === NONE) continue;
    directions[image * classCount + from] = -1;
    directions[image * classCount + to] = 1;
  }
  return tf.tensor2d(directions, [batch, classCount]);
}

/** Every class is out of reach: all units between the image and the logits are dead. */
const NONE = -1;

/** l = argmin over k of |h_k| / |w_k|, for each image; `NONE` where no w_k has a length. */
function nearestClasses(walk: DeepFoolWalk, here: Linearisation, before: Int32Array): Int32Array {
  const [batch, classCount] = here.logits.shape;
  const { h, squaredLength } = scoped(() => {
    const leaving = tf.oneHot(tf.tensor1d(before, "int32"), classCount).toFloat(); // [batch, k]
    const differences = tf.sub<tf.Tensor3D>(tf.eye(classCount), tf.expandDims(leaving, 1)); // [batch, k, k]
    const w = tf.reshape<tf.Rank.R2>(here.pullBack(differences), [
      batch * classCount,
      walk.geometry.dimension,
    ]);
    return {
      h: tf.sub(here.logits, tf.sum(tf.mul(here.logits, leaving), 1, true)).dataSync<"float32">(),
      squaredLength: tf.sum(tf.mul(w, walk.geometry.raise(w)), 1).dataSync<"float32">(),
    };
  });
  return Int32Array.from({ length: batch }, (_, image) => {
    let nearest = NONE;
    let shortest = Infinity;
    for (let k = 0; k < classCount; k++) {
      const at = image * classCount + k;
      // w_f is zero, so the class to leave never counts.
      const distance =
        squaredLength[at]! > NO_LENGTH ? Math.abs(h[at]!) / Math.sqrt(squaredLength[at]!) : Infinity;
      if (distance < shortest) [nearest, shortest] = [k, distance];
    }
    return nearest;
  });
}

function isFooled(now: Int32Array, before: Int32Array, targets: ArrayLike<number>): Uint8Array {
  return Uint8Array.from(now, (predicted, image) =>
    Number(targets[image] === UNTARGETED ? predicted !== before[image] : predicted === targets[image]),
  );
}

function checkTargets(targets: ArrayLike<number>, batch: number, classCount: number): void {
  if (targets.length !== batch) {
    throw new ShapeError(
      `Cannot run DeepFool as there must be one target an image (${batch}): current value is ${targets.length}`,
    );
  }
  for (let image = 0; image < batch; image++) {
    const target = targets[image]!;
    if (Number.isInteger(target) && target >= UNTARGETED && target < classCount) continue;
    throw new RangeError(
      `Cannot run DeepFool as a target must be ${UNTARGETED} (none) or a class in [0, ${classCount}): current value is ${target}`,
    );
  }
}
