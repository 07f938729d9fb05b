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
import { ROW_BYTES } from "./tile";

/** Which images, and where the answers go: `[count]`, in rows of `classes` or `inputs`, padded to whole groups. */
@unmanaged
export class Survey {
  mlp: Mlp;
  images: Images;
  first: i32;
  count: i32;
  /** f32 `[count][classWidth]`: at the end of the walk for DeepFool. */
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
    relu(scratch.z, scratch.a, 4 * mlp.hiddenRow);
    secondLayer(mlp, scratch.a, survey.logits + at * mlp.classRow, scratch.list, end);
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
  memory.copy(survey.logits + image * mlp.classRow, walk.logits, mlp.classRow);
  memory.copy(scratch.dz + i * mlp.hiddenRow, walk.u, mlp.hiddenRow);
}

/** x + final W1 u, for a group whose u lie in dz. */
function perturbPixels(survey: Survey, scratch: Scratch, at: i32): void {
  const mlp = survey.mlp;
  const row = mlp.pixelPanels * ROW_BYTES;
  backThroughFirstLayer(mlp, scratch.dz, scratch.pixels, scratch.list, rowList(scratch.list, mlp.width, ROW_BYTES));
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
    relu(z, scratch.a, 4 * row);
    let end = rowList(list, mlp.width, ROW_BYTES);
    secondLayer(mlp, scratch.a, scratch.logits, list, end);
    for (let i = 0; i < 4; i++) {
      const logits = scratch.logits + i * mlp.classRow;
      if (at + i < survey.count) crossEntropyDirection(logits, mlp.classes, mlp.classWidth, labelOf(survey, at + i));
      else memory.fill(logits, 0, mlp.classRow);
    }
    end = rowList(list, mlp.classes, row);
    backThroughSecondLayer(mlp, scratch.logits, z, scratch.dz, list, end);
    end = rowList(list, mlp.width, ROW_BYTES);
    backThroughFirstLayer(mlp, scratch.dz, scratch.pixels, list, end);
    for (let i = 0; i < 4; i++) {
      const isZero = takeSigns(mlp, scratch.pixels + i * mlp.pixelPanels * ROW_BYTES);
      store<i32>(survey.zeroGradients + ((at + i) << 2), i32(isZero));
    }
    end = rowList(list, mlp.inputs, ROW_BYTES);
    rowsThroughFirstLayer(mlp, scratch.pixels, survey.direction + at * row, list, end);
  }
}

/** Counts, at every epsilon, the images on their lines that are classified correctly. */
export function surveyEpsilons(team: Team, thread: i32, survey: Survey): void {
  const mlp = survey.mlp;
  const scratch = scratchOf(team, thread);
  const bytes = mlp.hiddenRow << 2;
  const end = rowList(scratch.list, mlp.width, ROW_BYTES);
  for (let at = take(team) * 4; at < survey.count; at = take(team) * 4) {
    const z = survey.z + at * mlp.hiddenRow;
    const direction = survey.direction + at * mlp.hiddenRow;
    for (let e = 0; e < survey.epsilonCount; e++) {
      const epsilon = v128.load32_splat(survey.epsilons + (e << 2));
      for (let i: usize = 0; i < bytes; i += 16) {
        const point = f32x4.add(v128.load(z + i), f32x4.mul(v128.load(direction + i), epsilon));
        v128.store(scratch.a + i, f32x4.max(point, f32x4.splat(0)));
      }
      secondLayer(mlp, scratch.a, scratch.logits, scratch.list, end);
      let correct = 0;
      for (let i = 0; i < min(4, survey.count - at); i++) {
        correct += i32(predictedClass(scratch.logits + i * mlp.classRow, mlp.classes) == labelOf(survey, at + i));
      }
      atomic.add<i32>(survey.correct + (e << 2), correct);
    }
  }
}

/** z of the group at `at`; blank images fill it up. */
function intoFirstLayer(survey: Survey, scratch: Scratch, at: i32, z: usize): void {
  const mlp = survey.mlp;
  for (let i = 0; i < 4; i++) {
    const index = at + i < survey.count ? survey.first + at + i : -1;
    store<u32>(scratch.group + (i << 2), <u32>imageAt(survey.images, mlp.inputs, index));
  }
  const squares = survey.squaredImages + (at << 2);
  const end = packGroup(survey.images, mlp.inputs, scratch.group, scratch.packed, scratch.packedList, scratch.lit, 1, squares);
  firstLayer(mlp, scratch.packedList, end, scratch.packed, z);
}

/** -1, 0 or 1 in place of each pixel's slope. @returns Whether all are 0. */
function takeSigns(mlp: Mlp, pixels: usize): bool {
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  let any = zero;
  for (let i: usize = 0; i < (<usize>mlp.inputs) << 2; i += 16) {
    const x = v128.load(pixels + i);
    const sign = f32x4.sub(v128.and(f32x4.gt(x, zero), one), v128.and(f32x4.lt(x, zero), one));
    any = v128.or(any, f32x4.abs(sign));
    v128.store(pixels + i, sign);
  }
  return !v128.any_true(any);
}

@inline
function labelOf(survey: Survey, image: i32): i32 {
  return <i32>load<u8>(survey.images.labels + survey.first + image);
}
