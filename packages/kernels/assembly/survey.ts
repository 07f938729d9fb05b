/** Passes over a set of images, four at a time to whichever thread is free: each image's numbers are its own. */
import { crossEntropyDirection } from "./cross-entropy";
import { deepFool, DeepFool, squaredNorm } from "./deep-fool";
import {
  backThroughFirstLayer,
  backThroughSecondLayer,
  firstLayer,
  predictedClass,
  relu,
  rowList,
  rowsThroughFirstLayer,
  secondLayer,
} from "./dense";
import { imageAt, Images, packGroup, pixelsAt } from "./images";
import { Mlp } from "./mlp";
import { Scratch, scratchOf } from "./scratch";
import { madd } from "./simd";
import { take, Team } from "./team";
import { ROW_BYTES, transpose4, transposeBlock } from "./tile";

/** Which images, and where the answers go: `[count]`, in rows of `classes` or `inputs`, padded to whole groups. */
@unmanaged
export class Survey {
  mlp: Mlp;
  images: Images;
  first: i32;
  count: i32;
  /** f32 `[count][classWidth]`: at the end of the walk for DeepFool, at the last epsilon for FGS. */
  logits: usize;
  /** f32 `[count]`: |x|^2. */
  squaredImages: usize;
  /** DeepFool: its settings; i32 `[count]` targets; i32 `[count]` and f32 `[count]` of what it found. */
  deepFool: DeepFool;
  targets: usize;
  before: usize;
  after: usize;
  steps: usize;
  fooled: usize;
  squaredNorms: usize;
  /** f32 `[count][inputs]`: the image plus its perturbation. 0 for none. */
  perturbed: usize;
  /** FGS: f32 `[count][width]` z, and its direction; i32 `[count]`, 1 where the gradient is zero. */
  z: usize;
  direction: usize;
  zeroGradients: usize;
  /** u8 `[count][inputs]`: 1 where FGS makes a pixel brighter, 2 where darker, 0 where it leaves it. 0 for none. */
  signs: usize;
  /** FGS: f32 `[epsilonCount]`, and i32 `[epsilonCount]`: images classified correctly there. */
  epsilons: usize;
  epsilonCount: i32;
  correct: usize;
}

/** Logits of each image. */
export function surveyLogits(team: Team, thread: i32, survey: Survey): void {
  const mlp = survey.mlp;
  const scratch = scratchOf(team, thread);
  const end = rowList(scratch.list, mlp.width, ROW_BYTES);
  for (let at = take(team) * 4; at < survey.count; at = take(team) * 4) {
    intoFirstLayer(survey, scratch, at, scratch.z);
    activate(mlp, scratch, scratch.z);
    secondLayer(mlp, scratch.aTransposed, survey.logits + at * mlp.classRow, scratch.list, end);
  }
}

/** DeepFool on each image. */
export function surveyDeepFool(team: Team, thread: i32, survey: Survey): void {
  const scratch = scratchOf(team, thread);
  for (let at = take(team) * 4; at < survey.count; at = take(team) * 4) {
    intoFirstLayer(survey, scratch, at, scratch.z);
    for (let i = 0; i < 4; i++) if (at + i < survey.count) walkFrom(survey, scratch, i, at + i);
    if (survey.perturbed != 0) perturbPixels(survey, scratch, at);
  }
}

/** One image's walk from row `i` of z; its steps' sum is left in row `i` of dz. */
function walkFrom(survey: Survey, scratch: Scratch, i: i32, image: i32): void {
  const mlp = survey.mlp;
  const walk = scratch.walk;
  deepFool(mlp, survey.deepFool, scratch.z + i * mlp.hiddenRow, load<i32>(survey.targets + (image << 2)), walk);
  const at = image << 2;
  store<i32>(survey.before + at, walk.before);
  store<i32>(survey.after + at, walk.after);
  store<i32>(survey.steps + at, walk.steps);
  store<i32>(survey.fooled + at, walk.fooled);
  store<f32>(survey.squaredNorms + at, squaredNorm(mlp, survey.deepFool, walk));
  memory.copy(survey.logits + image * mlp.classRow, walk.logits, mlp.classes << 2);
  memory.copy(scratch.dz + i * mlp.hiddenRow, walk.u, mlp.hiddenRow);
}

/** x + final W1 u, for a group whose u lie in dz. */
function perturbPixels(survey: Survey, scratch: Scratch, at: i32): void {
  const mlp = survey.mlp;
  const row = mlp.pixelPanels * ROW_BYTES;
  transpose4(scratch.dz, mlp.hiddenRow, mlp.width, scratch.dzTransposed);
  backThroughFirstLayer(mlp, scratch.dzTransposed, scratch.pixels, scratch.list, rowList(scratch.list, mlp.width, ROW_BYTES));
  const final = f32x4.splat(survey.deepFool.final);
  for (let i = 0; i < min(4, survey.count - at); i++) {
    const image = load<u32>(scratch.group + (i << 2));
    const from = scratch.pixels + i * row;
    const to = survey.perturbed + <usize>(at + i) * ((<usize>mlp.inputs) << 2);
    for (let pixel = 0; pixel < mlp.inputs; pixel += 4) {
      const moved = madd(final, v128.load(from + (pixel << 2)), pixelsAt(survey.images, image, pixel));
      v128.store(to + (pixel << 2), moved);
    }
  }
}

/** The line that FGS moves each image along, in the first layer's space: z, and sign(slope of CE in x) W1. */
export function surveyFgs(team: Team, thread: i32, survey: Survey): void {
  const mlp = survey.mlp;
  const scratch = scratchOf(team, thread);
  const list = scratch.list;
  const row = mlp.hiddenRow;
  for (let at = take(team) * 4; at < survey.count; at = take(team) * 4) {
    const z = survey.z + at * row;
    intoFirstLayer(survey, scratch, at, z);
    activate(mlp, scratch, z);
    let end = rowList(list, mlp.width, ROW_BYTES);
    secondLayer(mlp, scratch.aTransposed, scratch.logits, list, end);
    for (let i = 0; i < 4; i++) {
      const logits = scratch.logits + i * mlp.classRow;
      if (at + i < survey.count) crossEntropyDirection(logits, mlp.classes, mlp.classWidth, labelOf(survey, at + i));
      else memory.fill(logits, 0, mlp.classRow);
    }
    transpose4(scratch.logits, mlp.classRow, mlp.classWidth, scratch.logitsTransposed);
    end = rowList(list, mlp.classes, row);
    backThroughSecondLayer(mlp, scratch.logitsTransposed, z, scratch.dz, list, end);
    transpose4(scratch.dz, row, mlp.width, scratch.dzTransposed);
    end = rowList(list, mlp.width, ROW_BYTES);
    backThroughFirstLayer(mlp, scratch.dzTransposed, scratch.pixels, list, end);
    takeSigns(mlp, scratch, survey.zeroGradients + (at << 2));
    if (survey.signs != 0) writeSigns(mlp, scratch, survey.signs + <usize>at * <usize>mlp.inputs);
    end = rowList(list, mlp.inputs, ROW_BYTES);
    rowsThroughFirstLayer(mlp, scratch.signs, survey.direction + at * row, list, end);
  }
}

/** Counts, at every epsilon, the images on their lines that are classified correctly. */
export function surveyEpsilons(team: Team, thread: i32, survey: Survey): void {
  const mlp = survey.mlp;
  const scratch = scratchOf(team, thread);
  const row = mlp.hiddenRow;
  const bytes = row << 2;
  const end = rowList(scratch.list, mlp.width, ROW_BYTES);
  for (let at = take(team) * 4; at < survey.count; at = take(team) * 4) {
    transpose4(survey.z + at * row, row, mlp.width, scratch.z);
    transpose4(survey.direction + at * row, row, mlp.width, scratch.dz);
    for (let e = 0; e < survey.epsilonCount; e++) {
      const epsilon = v128.load32_splat(survey.epsilons + (e << 2));
      for (let i: usize = 0; i < bytes; i += 16) {
        const point = f32x4.add(v128.load(scratch.z + i), f32x4.mul(v128.load(scratch.dz + i), epsilon));
        v128.store(scratch.aTransposed + i, f32x4.max(point, f32x4.splat(0)));
      }
      secondLayer(mlp, scratch.aTransposed, scratch.logits, scratch.list, end);
      let correct = 0;
      for (let i = 0; i < min(4, survey.count - at); i++) {
        correct += i32(predictedClass(scratch.logits + i * mlp.classRow, mlp.classes) == labelOf(survey, at + i));
      }
      atomic.add<i32>(survey.correct + (e << 2), correct);
    }
    memory.copy(survey.logits + at * mlp.classRow, scratch.logits, 4 * mlp.classRow);
  }
}

/** aTransposed[width][4] = max(z, 0), for z[4][width]. */
function activate(mlp: Mlp, scratch: Scratch, z: usize): void {
  relu(z, scratch.a, mlp.hiddenRow << 2);
  transpose4(scratch.a, mlp.hiddenRow, mlp.width, scratch.aTransposed);
}

/** z of the group at `at`; blank images fill it up. */
function intoFirstLayer(survey: Survey, scratch: Scratch, at: i32, z: usize): void {
  const mlp = survey.mlp;
  for (let i = 0; i < 4; i++) {
    const index = at + i < survey.count ? survey.first + at + i : -1;
    store<u32>(scratch.group + (i << 2), <u32>imageAt(survey.images, mlp.inputs, index));
  }
  const squares = survey.squaredImages + (at << 2);
  const end = packGroup(survey.images, mlp.inputs, scratch.group, scratch.packed, scratch.packedList, squares);
  firstLayer(mlp, scratch.packedList, end, scratch.packed, z);
}

/** signs[inputs][4] = -1, 0 or 1 for each pixel's slope, and for each image whether all are 0, i32. */
function takeSigns(mlp: Mlp, scratch: Scratch, zeroGradients: usize): void {
  const row = mlp.pixelPanels * ROW_BYTES;
  const from = scratch.pixels;
  let any = f32x4.splat(0);
  for (let pixel = 0; pixel < mlp.inputs; pixel += 4) {
    const at = from + (pixel << 2);
    const to = scratch.signs + pixel * 16;
    transposeBlock(v128.load(at), v128.load(at + row), v128.load(at + 2 * row), v128.load(at + 3 * row), to);
    for (let i: usize = 0; i < 64; i += 16) {
      const sign = signOf(v128.load(to + i));
      any = v128.or(any, sign);
      v128.store(to + i, sign);
    }
  }
  v128.store(zeroGradients, i32x4.sub(i32x4.splat(0), f32x4.eq(any, f32x4.splat(0))));
}

/** The signs of a group's slopes, `[4][inputs]`, a byte each. */
function writeSigns(mlp: Mlp, scratch: Scratch, to: usize): void {
  const row = mlp.pixelPanels * ROW_BYTES;
  for (let i = 0; i < 4; i++) {
    for (let pixel = 0; pixel < mlp.inputs; pixel++) {
      const slope = load<f32>(scratch.pixels + i * row + (pixel << 2));
      store<u8>(to + i * mlp.inputs + pixel, <u8>(slope > 0) | (<u8>(slope < 0) << 1));
    }
  }
}

@inline
function signOf(x: v128): v128 {
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  return f32x4.sub(v128.and(f32x4.gt(x, zero), one), v128.and(f32x4.lt(x, zero), one));
}

@inline
function labelOf(survey: Survey, image: i32): i32 {
  return <i32>load<u8>(survey.images.labels + survey.first + image);
}
