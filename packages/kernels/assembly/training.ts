/**
 * Training steps on batches of a set: gather, forward, loss, backward, Adam. Between the parts the threads meet:
 *
 *     1  groups of four images: pack, z = x W1 + b1; with Deep Defense also G = W1^T W1
 *     2  groups: logits, slope of the loss, dz; with Deep Defense each image's walk and its slope      (image by image)
 *     3  Deep Defense: G' = Q^T T, then S = G' + G'^T                                                  (rows of G')
 *     4  blocks of four pixels: W1' = x^T dz (+ W1 S), Adam; units: W2' = a^T dlogits (+ Q'^T directions), Adam
 *
 * Each number is summed by one thread in one order, so the thread count changes nothing.
 */
import { Adam, adam } from "./adam";
import { crossEntropySlope } from "./cross-entropy";
import { backThroughWalk, DeepDefense, penalise, Penalty, StepRows } from "./deep-defense";
import { deepFool, DeepFool, squaredNorm, UNTARGETED, Walk } from "./deep-fool";
import { backThroughSecondLayer, firstLayer, predictedClass, relu, secondLayer, straightList } from "./dense";
import { BLOCK, groupListBytes, imageAt, Images, packGroup } from "./images";
import { gramTiles, mirrorSum } from "./gram";
import { Mlp, transposeW2 } from "./mlp";
import { scratchOf } from "./scratch";
import { barrier, take, Team } from "./team";
import { COLUMNS, pair, PAIR, product, ROW_BYTES, transposedProduct, ZEROS } from "./tile";


export const CROSS_ENTROPY = 0;
export const DEEP_DEFENSE = 1;

/** Orders for some steps. */
@unmanaged
export class Training {
  mlp: Mlp;
  images: Images;
  objective: i32;
  deepFool: DeepFool;
  deepDefense: DeepDefense;
  /** Positions of the images in the order they are taken, u32, for all steps. */
  order: usize;
  imageCount: i32;
  batchSize: i32;
  /** A step's factors, `Adam` each. */
  adams: usize;
  /** What each step saw, `StepReport` each. */
  reports: usize;
  /** Batch buffers; `groups` is ceil(batchSize / 4). Addresses of four images a group, u32. */
  group: usize;
  /** Packed blocks `[groups][inputs / 4][64]` and the lists of their pairs `[groups][inputs / 4]`. */
  blocks: usize;
  lists: usize;
  /** Distance of each block, i32 `[inputs / 4][groups]`; -1 for none. */
  where: usize;
  /** f32 `[groups * 4][width]` */
  z: usize;
  a: usize;
  dz: usize;
  /** f32 `[groups * 4][classWidth]` */
  dlogits: usize;
  /** An image's part in the report, `ImageReport` each. */
  imageReports: usize;
  /** Deep Defense: rows of the walks' steps, `slots` an image, and how many steps each image took, i32. */
  slots: i32;
  q: usize;
  t: usize;
  slope: usize;
  directions: usize;
  h: usize;
  stepCounts: usize;
  /** G' and S, f32 `[width][width]`. */
  gramSlope: usize;
  gramSum: usize;
}

/** Sums over a batch. */
@unmanaged
export class StepReport {
  crossEntropy: f64;
  penalty: f64;
  correct: i32;
  capped: i32;
  unfooled: i32;
  unused: i32;
}

@unmanaged
export class ImageReport {
  crossEntropy: f64;
  penalty: f32;
  isCorrect: i32;
  isCapped: i32;
  isUnfooled: i32;
  squaredImage: f32;
  label: i32;
}

/** Runs all steps. */
export function train(team: Team, thread: i32, orders: Training): void {
  const steps = (orders.imageCount + orders.batchSize - 1) / orders.batchSize;
  for (let step = 0; step < steps; step++) {
    const first = step * orders.batchSize;
    const count = min(orders.batchSize, orders.imageCount - first);
    forward(team, thread, orders, orders.order + (first << 2), count);
    if (orders.objective == DEEP_DEFENSE) {
      gramTiles(orders.mlp, scratchOf(team, thread).list, thread, team.threads);
      barrier(team, thread);
      perturb(team, thread, orders, count);
    }
    barrier(team, thread);
    if (thread == 0) sumUp(orders, step, count);
    if (orders.objective == DEEP_DEFENSE) gramGradient(team, thread, orders, count);
    update(team, thread, orders, changetype<Adam>(orders.adams + step * offsetof<Adam>()), count);
    barrier(team, thread);
  }
}

/** This thread's groups: images in, dz of cross-entropy out. */
function forward(team: Team, thread: i32, orders: Training, order: usize, count: i32): void {
  const mlp = orders.mlp;
  const groups = (count + 3) / 4;
  const scratch = scratchOf(team, thread);
  for (let group = (groups * thread) / team.threads; group < (groups * (thread + 1)) / team.threads; group++) {
    const addresses = orders.group + (group << 4);
    for (let i = 0; i < 4; i++) {
      const position = group * 4 + i;
      const index = position < count ? load<i32>(order + (position << 2)) : -1;
      store<u32>(addresses + (i << 2), <u32>imageAt(orders.images, mlp.inputs, index));
    }
    const blocks = orders.blocks + group * (mlp.inputs >> 2) * BLOCK;
    const list = orders.lists + group * groupListBytes(mlp.inputs);
    const where = orders.where + (group << 2);
    const end = packGroup(
      orders.images, mlp.inputs, addresses, blocks, list, where, <usize>groups << 2, orders.blocks, scratch.lengths,
    );
    const z = orders.z + group * 4 * mlp.hiddenRow;
    const a = orders.a + group * 4 * mlp.hiddenRow;
    const dlogits = orders.dlogits + group * 4 * mlp.classRow;
    firstLayer(mlp, list, end, blocks, z);
    relu(z, a, 4 * mlp.hiddenRow);
    secondLayer(mlp, a, dlogits, scratch.list);
    for (let i = 0; i < 4; i++) lossOf(orders, order, group * 4 + i, count, load<f32>(scratch.lengths + (i << 2)));
    backThroughSecondLayer(mlp, dlogits, z, orders.dz + group * 4 * mlp.hiddenRow, scratch.list);
  }
}

/** Cross-entropy of one image, and its slope in place of the logits. */
function lossOf(orders: Training, order: usize, position: i32, count: i32, squaredImage: f32): void {
  const mlp = orders.mlp;
  const logits = orders.dlogits + position * mlp.classRow;
  if (position >= count) {
    memory.fill(logits, 0, mlp.classRow);
    return;
  }
  const report = imageReport(orders, position);
  const label = <i32>load<u8>(orders.images.labels + load<u32>(order + (position << 2)));
  report.isCorrect = i32(predictedClass(logits, mlp.classes) == label);
  report.crossEntropy = crossEntropySlope(logits, mlp.classes, mlp.classWidth, label, <f32>1 / <f32>count);
  report.squaredImage = squaredImage;
  report.label = label;
  report.penalty = 0;
  report.isCapped = 0;
  report.isUnfooled = 0;
}

/** Deep Defense on the images, one after the other to whichever thread is free. */
function perturb(team: Team, thread: i32, orders: Training, count: i32): void {
  const mlp = orders.mlp;
  const options = orders.deepFool;
  const scratch = scratchOf(team, thread);
  const walk = scratch.walk;
  const rows = scratch.rows;
  const penalty = scratch.penalty;
  const slots = orders.slots;
  for (let image = take(team); image < count; image = take(team)) {
    const report = imageReport(orders, image);
    const target = report.isCorrect ? UNTARGETED : report.label;
    deepFool(mlp, options, orders.z + image * mlp.hiddenRow, target, walk);
    penalise(
      orders.deepDefense, squaredNorm(mlp, options, walk), report.squaredImage, report.isCorrect != 0,
      orders.deepDefense.lambda / <f32>count, penalty,
    );
    report.penalty = penalty.value;
    report.isCapped = penalty.isCapped;
    report.isUnfooled = 1 - walk.fooled;
    const used = (walk.steps + 3) & ~3;
    rows.q = orders.q + image * slots * mlp.hiddenRow;
    rows.t = orders.t + image * slots * mlp.hiddenRow;
    rows.slope = orders.slope + image * slots * mlp.hiddenRow;
    rows.directions = orders.directions + image * slots * mlp.classRow;
    rows.h = orders.h + ((image * slots) << 2);
    memory.fill(rows.q, 0, used * mlp.hiddenRow);
    memory.fill(rows.t, 0, used * mlp.hiddenRow);
    memory.fill(rows.slope, 0, used * mlp.hiddenRow);
    memory.fill(rows.directions, 0, used * mlp.classRow);
    memory.fill(rows.h, 0, used << 2);
    store<i32>(orders.stepCounts + (image << 2), used);
    backThroughWalk(mlp, options, walk, penalty.slope, orders.dz + image * mlp.hiddenRow, scratch.row, rows);
  }
}

/** G' = Q^T T and S = G' + G'^T: this thread's rows. */
function gramGradient(team: Team, thread: i32, orders: Training, count: i32): void {
  const mlp = orders.mlp;
  const row = mlp.hiddenRow;
  const list = scratchOf(team, thread).list;
  const end = stepList(orders, list, count, row, row);
  for (let unit = thread * 4; unit < mlp.width; unit += team.threads * 4) {
    for (let column: usize = 0; column < row; column += ROW_BYTES) {
      const to = orders.gramSlope + unit * row + column;
      transposedProduct(list, end, orders.q + (unit << 2), row, orders.t + column, row, to, row, ZEROS, 0);
    }
  }
  barrier(team, thread);
  for (let unit = thread; unit < mlp.width; unit += team.threads) mirrorSum(orders.gramSlope, orders.gramSum, mlp.width, unit);
  barrier(team, thread);
}

/** Pairs of blocks of four step rows, `sa` and `sb` bytes a row, of all images that took a step. */
function stepList(orders: Training, list: usize, count: i32, sa: usize, sb: usize): usize {
  for (let image = 0; image < count; image++) {
    const used = load<i32>(orders.stepCounts + (image << 2));
    for (let slot = 0; slot < used; slot += 4) {
      const row = image * orders.slots + slot;
      list = pair(list, row * sa, row * sb);
    }
  }
  return list;
}

function update(team: Team, thread: i32, orders: Training, step: Adam, count: i32): void {
  const pixelBlocks = orders.mlp.inputs >> 2;
  for (let block = thread; block < pixelBlocks; block += team.threads) updatePixels(team, thread, orders, step, count, block);
  const units = orders.mlp.width >> 2;
  for (let unit = (units * thread) / team.threads; unit < (units * (thread + 1)) / team.threads; unit++) {
    updateUnits(team, thread, orders, step, count, unit * 4);
  }
  if (thread == team.threads - 1) updateBiases(team, thread, orders, step, count);
}

/** W1' = x^T dz (+ W1 S) for four pixels, and Adam. */
function updatePixels(team: Team, thread: i32, orders: Training, step: Adam, count: i32, block: i32): void {
  const mlp = orders.mlp;
  const row = mlp.hiddenRow;
  const groups = (count + 3) / 4;
  const scratch = scratchOf(team, thread);
  const where = orders.where + ((block * groups) << 2);
  const list = scratch.list;
  let end = list;
  for (let group = 0; group < groups; group++) {
    const distance = load<i32>(where + (group << 2));
    pair(end, distance, group * 4 * row);
    end += distance < 0 ? 0 : PAIR;
  }
  const gradient = scratch.gradient;
  const panelBytes = mlp.inputs * ROW_BYTES;
  const panels = mlp.width / COLUMNS;
  const weights = mlp.w1 + block * 4 * ROW_BYTES;
  for (let panel = 0; panel < panels; panel++) {
    const column = panel * ROW_BYTES;
    transposedProduct(list, end, orders.blocks, 16, orders.dz + column, row, gradient + panel * 192, ROW_BYTES, ZEROS, 0);
  }
  if (orders.objective == DEEP_DEFENSE) {
    const straight = end;
    end = panelList(straight, mlp, panelBytes);
    for (let panel = 0; panel < panels; panel++) {
      const to = gradient + panel * 192;
      product(straight, end, weights, ROW_BYTES, orders.gramSum + panel * ROW_BYTES, row, to, ROW_BYTES, to, ROW_BYTES);
    }
  }
  for (let panel = 0; panel < panels; panel++) {
    adam(step, weights + panel * panelBytes, mlp.toMeans, mlp.toSquares, gradient + panel * 192, 192);
  }
}

/** Pairs that walk along rows of W1, across its panels, and down S. */
function panelList(list: usize, mlp: Mlp, panelBytes: usize): usize {
  for (let unit = 0; unit < mlp.width; unit += 4) {
    list = pair(list, (unit / COLUMNS) * panelBytes + ((unit % COLUMNS) << 2), unit * mlp.hiddenRow);
  }
  return list;
}

/** W2' = a^T dlogits (+ q'^T directions) for four hidden units, Adam, and W2 transposed anew. */
function updateUnits(team: Team, thread: i32, orders: Training, step: Adam, count: i32, unit: i32): void {
  const mlp = orders.mlp;
  const row = mlp.hiddenRow;
  const scratch = scratchOf(team, thread);
  const rows = (count + 3) & ~3;
  const panelBytes = mlp.width * ROW_BYTES;
  for (let panel = 0; panel * COLUMNS < mlp.classWidth; panel++) {
    const column = panel * ROW_BYTES;
    const to = scratch.gradient;
    let end = scratch.list;
    for (let image = 0; image < rows; image += 4) end = pair(end, image * row, image * mlp.classRow);
    const a = orders.a + (unit << 2);
    transposedProduct(scratch.list, end, a, row, orders.dlogits + column, mlp.classRow, to, ROW_BYTES, ZEROS, 0);
    if (orders.objective == DEEP_DEFENSE) {
      end = stepList(orders, scratch.list, count, row, mlp.classRow);
      const slope = orders.slope + (unit << 2);
      transposedProduct(scratch.list, end, slope, row, orders.directions + column, mlp.classRow, to, ROW_BYTES, to, ROW_BYTES);
    }
    adam(step, mlp.w2 + panel * panelBytes + unit * ROW_BYTES, mlp.toMeans, mlp.toSquares, to, 192);
  }
  transposeW2(mlp, unit, unit + 4);
}

/** b1' = sum of dz, b2' = sum of dlogits (+ h' directions), and Adam. */
function updateBiases(team: Team, thread: i32, orders: Training, step: Adam, count: i32): void {
  const mlp = orders.mlp;
  const gradient = scratchOf(team, thread).row;
  sumRows(orders.dz, count, mlp.hiddenRow, gradient);
  adam(step, mlp.b1, mlp.toMeans, mlp.toSquares, gradient, mlp.hiddenRow);
  sumRows(orders.dlogits, count, mlp.classRow, gradient);
  if (orders.objective == DEEP_DEFENSE) addDirections(orders, count, gradient);
  adam(step, mlp.b2, mlp.toMeans, mlp.toSquares, gradient, mlp.classRow);
}

function sumRows(from: usize, rows: i32, bytes: usize, to: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    let sum = f32x4.splat(0);
    for (let row = 0; row < rows; row++) sum = f32x4.add(sum, v128.load(from + row * bytes + at));
    v128.store(to + at, sum);
  }
}

function addDirections(orders: Training, count: i32, to: usize): void {
  const bytes = orders.mlp.classRow;
  for (let image = 0; image < count; image++) {
    const used = load<i32>(orders.stepCounts + (image << 2));
    for (let slot = 0; slot < used; slot++) {
      const row = image * orders.slots + slot;
      const h = v128.load32_splat(orders.h + (row << 2));
      for (let at: usize = 0; at < bytes; at += 16) {
        v128.store(to + at, f32x4.add(v128.load(to + at), f32x4.mul(h, v128.load(orders.directions + row * bytes + at))));
      }
    }
  }
}

/** Sums the images' reports in their order. */
function sumUp(orders: Training, step: i32, count: i32): void {
  const report = changetype<StepReport>(orders.reports + step * offsetof<StepReport>());
  report.crossEntropy = 0;
  report.penalty = 0;
  report.correct = 0;
  report.capped = 0;
  report.unfooled = 0;
  for (let position = 0; position < count; position++) {
    const image = imageReport(orders, position);
    report.crossEntropy += image.crossEntropy;
    report.penalty += <f64>image.penalty;
    report.correct += image.isCorrect;
    report.capped += image.isCapped;
    report.unfooled += image.isUnfooled;
  }
}

@inline
function imageReport(orders: Training, position: i32): ImageReport {
  return changetype<ImageReport>(orders.imageReports + position * offsetof<ImageReport>());
}
