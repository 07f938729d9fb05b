/**
 * The gradient of a function of |Dx| through every step of a walk (see packages/training, deep-defense.ts), for one image:
 *
 *     |Dx|^2 = f^2 u^T G u    u = sum of s_i q_i    s = (|h| / |w| + margin) / |w|    |w|^2 = q^T G q    h = q p + beta
 *     p = z + a G u_before    q = mask (W2_to - W2_from)    beta = b2_to - b2_from
 *
 * What flows back, with x' for the slope in x, from the last step to the first (u' = 2 f^2 G u |Dx|^2' at the end):
 *
 *     s' = u' q    w2' = s' ds/d|w|^2    h' = s' sign(h) / |w|^2
 *     q' = s u' + 2 w2' G q + h' p      (where the mask is on: to W2_to, and negative to W2_from)
 *     z' += h' q      u' += a h' G q
 *     G' += q t^T,  t = w2' q + a h' u_before + |Dx|^2' f^2 s u
 *
 * so no product with G is needed, and G' is a product of two tall matrices, W1' = ... + W1 (G' + G'^T).
 */
import { DeepFool, dot, NO_LENGTH, Step, stepOf, stepRow, Walk } from "./deep-fool";
import { Mlp } from "./mlp";
import { exp1, madd, whereOn } from "./simd";

/** Settings. */
@unmanaged
export class DeepDefense {
  lambda: f32;
  c: f32;
  d: f32;
  exponentCap: f32;
}

/** Rows that an image's steps leave for the sums over the batch. */
@unmanaged
export class StepRows {
  /** f32 `[slots][width]`: q, t and q'. */
  q: usize;
  t: usize;
  slope: usize;
  /** f32 `[slots][classWidth]`: 1 at the class reached, -1 at the class left. */
  directions: usize;
  /** f32 `[slots]`: h'. */
  h: usize;
}

/** |x| is raised to it: an image of nothing but zeros has no relative perturbation. */
const LEAST_IMAGE_LENGTH: f32 = 1e-6;
/** |Dx|^2 is raised to it before the root, whose slope at 0 is infinite. */
const LEAST_SQUARE: f32 = 1e-20;

/** The regulariser of one image, and its slope in |Dx|^2. */
@unmanaged
export class Penalty {
  value: f32;
  slope: f32;
  isCapped: i32;
}

/**
 * scale * exp(-c |Dx|/|x|) for an image classified correctly, scale * exp(d |Dx|/|x|) for another.
 */
export function penalise(
  options: DeepDefense,
  squaredNorm: f32,
  squaredImage: f32,
  isCorrect: bool,
  scale: f32,
  penalty: Penalty,
): void {
  const norm = sqrt(max(squaredNorm, LEAST_SQUARE));
  const image = max(sqrt(squaredImage), LEAST_IMAGE_LENGTH);
  const steepness = isCorrect ? -options.c : options.d;
  const exponent = (steepness * norm) / image;
  const isCapped = exponent > options.exponentCap;
  penalty.value = scale * exp1(min(exponent, options.exponentCap));
  penalty.isCapped = i32(isCapped);
  const moves = !isCapped && squaredNorm > LEAST_SQUARE;
  // d/d|Dx|^2 = (steepness / |x|) value / (2 |Dx|)
  penalty.slope = moves ? (steepness * penalty.value) / (2 * image * norm) : 0;
}

/**
 * Adds the regulariser's slope in z to `dz`, `[width]`, and writes the rows of the walk's steps.
 *
 * @param u Scratch, `[width]`: u'.
 * @returns How many rows: those of the steps that moved, the last step's first.
 */
export function backThroughWalk(mlp: Mlp, options: DeepFool, walk: Walk, slope: f32, dz: usize, u: usize, rows: StepRows): i32 {
  const bytes = mlp.hiddenRow;
  const square = slope * options.final * options.final;
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(u + at, f32x4.mul(f32x4.splat(2 * square), v128.load(walk.d + at)));
  }
  let row = 0;
  for (let index = walk.steps - 1; index >= 0; index--) {
    const step = stepOf(mlp, walk, index);
    if (step.to >= 0) backThroughStep(mlp, options, walk, step, row++, square, dz, u, rows);
  }
  return row;
}

function backThroughStep(
  mlp: Mlp,
  options: DeepFool,
  walk: Walk,
  step: Step,
  row: i32,
  square: f32,
  dz: usize,
  u: usize,
  rows: StepRows,
): void {
  const bytes = mlp.hiddenRow;
  const q = stepRow(mlp, step, 0);
  const raised = stepRow(mlp, step, 1);
  const uBefore = stepRow(mlp, step, 2);
  const activations = stepRow(mlp, step, 3);
  const squared = max(step.squaredLength, NO_LENGTH);
  const length = sqrt(squared);
  const sSlope = dot(u, q, bytes);
  const sign: f32 = f32(step.h > 0) - f32(step.h < 0);
  const hSlope = (sSlope * sign) / squared;
  const moves = step.squaredLength > NO_LENGTH;
  const lengthSlope: f32 = moves ? (-sSlope * (abs(step.h) / squared + options.margin / (2 * length))) / squared : 0;

  const s = f32x4.splat(step.share);
  const twice = f32x4.splat(2 * lengthSlope);
  const once = f32x4.splat(lengthSlope);
  const h = f32x4.splat(hSlope);
  const back = f32x4.splat(options.linearise * hSlope);
  const final = f32x4.splat(square * step.share);
  const qRow = rows.q + row * bytes;
  const tRow = rows.t + row * bytes;
  const slopeRow = rows.slope + row * bytes;
  const direction = rows.directions + row * mlp.classRow;
  store<f32>(direction + (step.to << 2), 1);
  store<f32>(direction + (step.from << 2), -1);
  store<f32>(rows.h + (row << 2), hSlope);
  for (let at: usize = 0; at < bytes; at += 16) {
    const q4 = v128.load(q + at);
    const u4 = v128.load(u + at);
    const raised4 = v128.load(raised + at);
    const before = v128.load(uBefore + at);
    v128.store(qRow + at, q4);
    v128.store(tRow + at, madd(once, q4, madd(back, before, f32x4.mul(final, v128.load(walk.u + at)))));
    const a = v128.load(activations + at);
    v128.store(slopeRow + at, madd(h, a, whereOn(a, madd(s, u4, f32x4.mul(twice, raised4)))));
    v128.store(dz + at, madd(h, q4, v128.load(dz + at)));
    v128.store(u + at, madd(back, raised4, u4));
  }
}
