/**
 * DeepFool on one image in the first layer's space (see packages/attacks, deep-fool.ts, for the algorithm):
 *
 *     mask = z > 0    q_k = mask (W2_k - W2_f), the slope of h_k = logit_k - logit_f    |w_k|^2 = q_k^T G q_k
 *     l = argmin |h_k| / |w_k|    s = (|h_l| / |w_l| + margin) / |w_l|    u <- u + s q_l    d <- d + s G q_l
 *
 * The image stands at z + factor d, and its perturbation in pixels is W1 u, of length sqrt(u^T d). Units that are off take no part.
 */
import { madd, sumOf, whereOn } from "./simd";
import { predictedClass, relu } from "./dense";
import { Mlp, WALK_ROW } from "./mlp";
import { ROW_BYTES } from "./tile";

/** Settings. */
@unmanaged
export class DeepFool {
  maxSteps: i32;
  /** Factors of the displacement where the model is linearised, where it is tested, and at the end. */
  linearise: f32;
  test: f32;
  final: f32;
  margin: f32;
  /** 1 to keep the trail that the gradient needs. */
  keepsTrail: i32;
}

/** Squared lengths up to it belong to dead units: such a direction gives no step. */
export const NO_LENGTH: f32 = 1e-20;
/** No class to reach but any other than the first. */
export const UNTARGETED = -1;
const NONE = -1;

/** What a walk works on and what it leaves. Addresses of rows of `width` numbers unless said. */
@unmanaged
export class Walk {
  /** The point looked at last, and its logits, `[ceil(classes / 12)][12]`. */
  point: usize;
  logits: usize;
  /** The steps' sum as a covector, and as a displacement. */
  u: usize;
  d: usize;
  /** Units that are on, as byte offsets in a row, u32 `[width + 4]`, and how many. */
  units: usize;
  unitCount: i32;
  /** Slopes of twelve h_k, of the units that are on: `[width + 4][12]`. */
  slopes: usize;
  /** |w_k|^2, `[ceil(classes / 12)][12]`. */
  squares: usize;
  /** `Step`s: as many as may be taken, or one when no trail is kept. */
  trail: usize;
  /** Classes predicted before the walk, and where it was tested last. */
  before: i32;
  after: i32;
  steps: i32;
  /** 1 once the image is fooled. */
  fooled: i32;
}

/** One step of a trail: a header, then the rows q, G q, u before the step, and max(p, 0) of the point p it was taken from. */
@unmanaged
export class Step {
  /** -1 in `to` for a step that stood still. */
  from: i32;
  to: i32;
  h: f32;
  squaredLength: f32;
  share: f32;
}

const STEP_HEADER: usize = 64;

/** Bytes of a step in a trail. */
@inline
export function stepBytes(mlp: Mlp): usize {
  return STEP_HEADER + 4 * mlp.hiddenRow;
}

/** Step `index` of a trail, and its rows: 0 for q, 1 for G q, 2 for u before, 3 for max(p, 0). */
@inline
export function stepOf(mlp: Mlp, walk: Walk, index: i32): Step {
  return changetype<Step>(walk.trail + index * stepBytes(mlp));
}
@inline
export function stepRow(mlp: Mlp, step: Step, row: i32): usize {
  return changetype<usize>(step) + STEP_HEADER + row * mlp.hiddenRow;
}

/** Walks from z, `[width]`, to another class, or to `target`. */
export function deepFool(mlp: Mlp, options: DeepFool, z: usize, target: i32, walk: Walk): void {
  memory.fill(walk.u, 0, mlp.hiddenRow);
  memory.fill(walk.d, 0, mlp.hiddenRow);
  walk.steps = 0;
  walk.before = lookAt(mlp, walk, z, 0);
  walk.after = walk.before;
  walk.fooled = i32(isFooled(walk, target));
  while (walk.steps < options.maxSteps && !walk.fooled) {
    // Where the last test looked already, one look serves both.
    if (walk.steps > 0 && options.linearise != options.test) lookAt(mlp, walk, z, options.linearise);
    const isFree = target == UNTARGETED;
    const from = isFree ? walk.before : walk.after;
    takeStep(mlp, options, walk, from, isFree ? nearestClass(mlp, walk, from) : target);
    walk.steps++;
    walk.after = lookAt(mlp, walk, z, options.test);
    walk.fooled = i32(isFooled(walk, target));
  }
  if (walk.steps > 0 && options.final != options.test) walk.after = lookAt(mlp, walk, z, options.final);
  walk.fooled = i32(isFooled(walk, target));
}

/** |Dx|^2 of a walk in pixels. */
export function squaredNorm(mlp: Mlp, options: DeepFool, walk: Walk): f32 {
  return max(dot(walk.u, walk.d, mlp.hiddenRow), 0) * options.final * options.final;
}

@inline
function isFooled(walk: Walk, target: i32): bool {
  return target == UNTARGETED ? walk.after != walk.before : walk.after == target;
}

/** Goes to z + factor d: which units are on there, and the logits. @returns The class predicted. */
function lookAt(mlp: Mlp, walk: Walk, z: usize, factor: f32): i32 {
  const far = f32x4.splat(factor);
  const units = walk.units;
  let count = 0;
  for (let at: usize = 0; at < mlp.hiddenRow; at += 16) {
    const point = f32x4.add(v128.load(z + at), f32x4.mul(v128.load(walk.d + at), far));
    v128.store(walk.point + at, point);
    const on = i32x4.bitmask(f32x4.gt(point, f32x4.splat(0)));
    store<u32>(units + (count << 2), <u32>at);
    count += on & 1;
    store<u32>(units + (count << 2), <u32>at + 4);
    count += (on >> 1) & 1;
    store<u32>(units + (count << 2), <u32>at + 8);
    count += (on >> 2) & 1;
    store<u32>(units + (count << 2), <u32>at + 12);
    count += on >> 3;
  }
  walk.unitCount = count;
  for (let panel: usize = 0; panel < mlp.walkRow; panel += WALK_ROW) {
    const weights = mlp.w2Walk + panel * mlp.width;
    let c0 = v128.load(mlp.b2Walk + panel);
    let c1 = v128.load(mlp.b2Walk + panel, 16);
    let c2 = v128.load(mlp.b2Walk + panel, 32);
    for (let i = 0; i < count; i++) {
      const unit = <usize>load<u32>(units + (i << 2));
      const a = v128.load32_splat(walk.point + unit);
      const row = weights + unit * 12;
      c0 = madd(a, v128.load(row), c0);
      c1 = madd(a, v128.load(row, 16), c1);
      c2 = madd(a, v128.load(row, 32), c2);
    }
    v128.store(walk.logits + panel, c0);
    v128.store(walk.logits + panel, c1, 16);
    v128.store(walk.logits + panel, c2, 32);
  }
  return predictedClass(walk.logits, mlp.classes);
}

/** l = argmin over k of |h_k| / |w_k|; NONE where no w_k has a length. */
function nearestClass(mlp: Mlp, walk: Walk, from: i32): i32 {
  for (let panel: usize = 0; panel < mlp.walkRow; panel += WALK_ROW) squaredLengths(mlp, walk, from, panel);
  const here = load<f32>(walk.logits + (from << 2));
  let nearest = NONE;
  let shortest = f32.MAX_VALUE;
  for (let k = 0; k < mlp.classes; k++) {
    const squaredLength = load<f32>(walk.squares + (k << 2));
    // w_f is zero, so the class to leave never counts.
    if (!(squaredLength > NO_LENGTH)) continue;
    const distance = abs(load<f32>(walk.logits + (k << 2)) - here) / sqrt(squaredLength);
    if (distance < shortest) {
      shortest = distance;
      nearest = k;
    }
  }
  return nearest;
}

/**
 * |w_k|^2 = q_k^T G q_k for twelve classes. G is symmetric: pairs of units below the diagonal count twice, three units at a time.
 */
function squaredLengths(mlp: Mlp, walk: Walk, from: i32, panel: usize): void {
  const units = walk.units;
  const slopes = walk.slopes;
  const count = walk.unitCount;
  const weights = mlp.w2Walk + panel * mlp.width;
  const left = mlp.w2Transposed + from * mlp.hiddenRow;
  for (let i = 0; i < count; i++) {
    const unit = <usize>load<u32>(units + (i << 2));
    const leave = v128.load32_splat(left + unit);
    const row = weights + unit * 12;
    const slope = slopes + i * WALK_ROW;
    v128.store(slope, f32x4.sub(v128.load(row), leave));
    v128.store(slope, f32x4.sub(v128.load(row, 16), leave), 16);
    v128.store(slope, f32x4.sub(v128.load(row, 32), leave), 32);
  }
  const padded = ((count + 2) / 3) * 3;
  for (let i = count; i < padded; i++) {
    store<u32>(units + (i << 2), 0);
    memory.fill(slopes + i * WALK_ROW, 0, WALK_ROW);
  }
  const zero = f32x4.splat(0);
  let s0 = zero;
  let s1 = zero;
  let s2 = zero;
  for (let first = 0; first < padded; first += 3) {
    const g0 = mlp.gram + <usize>load<u32>(units + (first << 2)) * mlp.width;
    const g1 = mlp.gram + <usize>load<u32>(units + (first << 2), 4) * mlp.width;
    const g2 = mlp.gram + <usize>load<u32>(units + (first << 2), 8) * mlp.width;
    let c00 = zero, c01 = zero, c02 = zero;
    let c10 = zero, c11 = zero, c12 = zero;
    let c20 = zero, c21 = zero, c22 = zero;
    for (let i = 0; i < first + 3; i++) {
      if (i == first) {
        c00 = f32x4.add(c00, c00); c01 = f32x4.add(c01, c01); c02 = f32x4.add(c02, c02);
        c10 = f32x4.add(c10, c10); c11 = f32x4.add(c11, c11); c12 = f32x4.add(c12, c12);
        c20 = f32x4.add(c20, c20); c21 = f32x4.add(c21, c21); c22 = f32x4.add(c22, c22);
      }
      const unit = <usize>load<u32>(units + (i << 2));
      const slope = slopes + i * WALK_ROW;
      const q0 = v128.load(slope);
      const q1 = v128.load(slope, 16);
      const q2 = v128.load(slope, 32);
      let g = v128.load32_splat(g0 + unit);
      c00 = madd(g, q0, c00); c01 = madd(g, q1, c01); c02 = madd(g, q2, c02);
      g = v128.load32_splat(g1 + unit);
      c10 = madd(g, q0, c10); c11 = madd(g, q1, c11); c12 = madd(g, q2, c12);
      g = v128.load32_splat(g2 + unit);
      c20 = madd(g, q0, c20); c21 = madd(g, q1, c21); c22 = madd(g, q2, c22);
    }
    const slope = slopes + first * WALK_ROW;
    s0 = madd(c00, v128.load(slope), s0); s1 = madd(c01, v128.load(slope, 16), s1); s2 = madd(c02, v128.load(slope, 32), s2);
    s0 = madd(c10, v128.load(slope, 48), s0); s1 = madd(c11, v128.load(slope, 64), s1); s2 = madd(c12, v128.load(slope, 80), s2);
    s0 = madd(c20, v128.load(slope, 96), s0); s1 = madd(c21, v128.load(slope, 112), s1); s2 = madd(c22, v128.load(slope, 128), s2);
  }
  v128.store(walk.squares + panel, s0);
  v128.store(walk.squares + panel, s1, 16);
  v128.store(walk.squares + panel, s2, 32);
}

/** One step onto the boundary between two classes of the linearised model; none without a class to reach. */
function takeStep(mlp: Mlp, options: DeepFool, walk: Walk, from: i32, to: i32): void {
  const row = mlp.hiddenRow;
  const step = stepOf(mlp, walk, options.keepsTrail ? walk.steps : 0);
  step.from = from;
  step.to = to;
  if (to == NONE) return;
  const q = stepRow(mlp, step, 0);
  const raised = stepRow(mlp, step, 1);
  slopeBetween(mlp, walk.point, from, to, q);
  raise(mlp, walk, q, raised);
  if (options.keepsTrail) {
    memory.copy(stepRow(mlp, step, 2), walk.u, row);
    relu(walk.point, stepRow(mlp, step, 3), row);
  }

  const h = load<f32>(walk.logits + (to << 2)) - load<f32>(walk.logits + (from << 2));
  const squaredLength = dot(q, raised, row);
  const length = sqrt(max(squaredLength, NO_LENGTH));
  const share = (abs(h) / length + options.margin) / length;
  step.h = h;
  step.squaredLength = squaredLength;
  step.share = share;
  const s = f32x4.splat(share);
  for (let at: usize = 0; at < row; at += 16) {
    v128.store(walk.u + at, madd(s, v128.load(q + at), v128.load(walk.u + at)));
    v128.store(walk.d + at, madd(s, v128.load(raised + at), v128.load(walk.d + at)));
  }
}

/** q = mask (W2_to - W2_from), `[width]`. */
function slopeBetween(mlp: Mlp, point: usize, from: i32, to: i32, q: usize): void {
  const left = mlp.w2Transposed + from * mlp.hiddenRow;
  const reached = mlp.w2Transposed + to * mlp.hiddenRow;
  for (let at: usize = 0; at < mlp.hiddenRow; at += 16) {
    v128.store(q + at, whereOn(v128.load(point + at), f32x4.sub(v128.load(reached + at), v128.load(left + at))));
  }
}

/** G q, `[width]`, from the rows of the units that are on, two at a time. */
function raise(mlp: Mlp, walk: Walk, q: usize, raised: usize): void {
  const units = walk.units;
  const zero = f32x4.splat(0);
  const count = walk.unitCount;
  // An odd one is paired with itself, of weight zero.
  if (count & 1) store<u32>(units + (count << 2), load<u32>(units + ((count - 1) << 2)));
  for (let column: usize = 0; column < mlp.hiddenRow; column += ROW_BYTES) {
    const gram = mlp.gram + column;
    let c0 = zero, c1 = zero;
    let e0 = zero, e1 = zero;
    for (let i = 0; i < count; i += 2) {
      let unit = <usize>load<u32>(units + (i << 2));
      let weight = v128.load32_splat(q + unit);
      let row = gram + unit * mlp.width;
      c0 = madd(weight, v128.load(row), c0);
      c1 = madd(weight, v128.load(row, 16), c1);
      unit = <usize>load<u32>(units + (i << 2), 4);
      weight = i + 1 < count ? v128.load32_splat(q + unit) : zero;
      row = gram + unit * mlp.width;
      e0 = madd(weight, v128.load(row), e0);
      e1 = madd(weight, v128.load(row, 16), e1);
    }
    v128.store(raised + column, f32x4.add(c0, e0));
    v128.store(raised + column, f32x4.add(c1, e1), 16);
  }
}

/** The scalar product of two rows of `bytes` bytes, a multiple of 32. */
export function dot(a: usize, b: usize, bytes: usize): f32 {
  let c0 = f32x4.splat(0);
  let c1 = c0;
  for (let at: usize = 0; at < bytes; at += ROW_BYTES) {
    c0 = madd(v128.load(a + at), v128.load(b + at), c0);
    c1 = madd(v128.load(a + at, 16), v128.load(b + at, 16), c1);
  }
  return sumOf(f32x4.add(c0, c1));
}
