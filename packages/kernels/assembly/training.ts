/**
 * Training steps on batches of a set: gather, forward, loss, backward, Adam. Between the parts the threads meet:
 *
 *     1  groups of four images, and of four pixels: pack what is not zero
 *     2  panels of W1: z = x W1 + b1; Deep Defense: G = W1^T W1
 *     3  groups: logits, slope of cross-entropy, dz
 *        Deep Defense: each image's walk and its slope (image by image), then G' = Q^T T, and S = G' + G'^T
 *     4  panels of W1: W1' = x^T dz (+ W1 S), Adam; units: W2' = a^T dlogits (+ Q'^T directions), Adam
 *
 * A panel of W1 stays with its thread, in its cache (but for those where two threads' shares meet). Each number is summed by one
 * thread in one order, so the thread count changes nothing.
 */
import { Adam, adam } from "./adam";
import { crossEntropySlope } from "./cross-entropy";
import { backThroughWalk, DeepDefense, penalise } from "./deep-defense";
import { deepFool, DeepFool, squaredNorm, UNTARGETED } from "./deep-fool";
import { backThroughSecondLayer, firstLayerPanel, predictedClass, relu, rowList, secondLayer } from "./dense";
import { gramTiles, mirrorSum } from "./gram";
import { FOUR, imageAt, Images, packGroup, packPixels } from "./images";
import { deriveB2, deriveW2, Mlp } from "./mlp";
import { Scratch, scratchOf } from "./scratch";
import { madd } from "./simd";
import { barrier, take, Team } from "./team";
import { COLUMNS, entry, ENTRY, product, ROW_BYTES, transpose4, ZEROS } from "./tile";

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
  /**
   * What of a batch is packed, two sets in turn; `groups` is ceil(batchSize / 4). Groups of images: `[groups][inputs][4]`, their lists
   * `[groups][inputs]` and the lists' ends, u32 `[groups]`; and |x|^2, f32 `[groups * 4]`.
   */
  packed: usize;
  lists: usize;
  listEnds: usize;
  squares: usize;
  /** Groups of pixels: `[inputs / 4][groups * 4][4]`, their lists `[inputs / 4][groups * 4]` and the lists' ends, u32 `[inputs / 4]`. */
  pixels: usize;
  pixelLists: usize;
  pixelListEnds: usize;
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
  /** Steps of the batch, once their rows are gathered. */
  stepTotal: i32;
  /** G' and S, f32 `[width][width]`. */
  gramSlope: usize;
  gramSum: usize;
  /** W1', laid out as W1. */
  gradient: usize;
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
  const isDeepDefense = orders.objective == DEEP_DEFENSE;
  for (let step = 0; step < steps; step++) {
    const first = step * orders.batchSize;
    const count = min(orders.batchSize, orders.imageCount - first);
    const order = orders.order + (first << 2);
    // The next batch is packed while others still work on this one: hence two sets.
    const set = step & 1;
    pack(team, thread, orders, set, order, count);
    barrier(team, thread);
    forward(team, thread, orders, set, count);
    if (isDeepDefense) gramTiles(orders.mlp, scratchOf(team, thread).list, thread, team.threads);
    barrier(team, thread);
    losses(team, thread, orders, set, order, count);
    barrier(team, thread);
    if (isDeepDefense) {
      perturb(team, thread, orders, count);
      barrier(team, thread);
      if (thread == 0) orders.stepTotal = gatherSteps(orders, count);
      barrier(team, thread);
      gramGradient(team, thread, orders);
    }
    if (thread == 0) sumUp(orders, step, count);
    update(team, thread, orders, set, changetype<Adam>(orders.adams + step * offsetof<Adam>()), count);
  }
}

@inline
function groupsOf(count: i32): i32 {
  return (count + 3) / 4;
}

/** The first of `count` pieces of work that belongs to `thread`. */
@inline
function firstOf(team: Team, thread: i32, count: i32): i32 {
  return (count * thread) / team.threads;
}

/** 1: this thread's groups of images and of pixels. */
function pack(team: Team, thread: i32, orders: Training, set: i32, order: usize, count: i32): void {
  const inputs = orders.mlp.inputs;
  const images = orders.images;
  const groups = groupsOf(count);
  const addresses = scratchOf(team, thread).list;
  for (let position = 0; position < groups * 4; position++) {
    const index = position < count ? load<i32>(order + (position << 2)) : -1;
    store<u32>(addresses + (position << 2), <u32>imageAt(images, inputs, index));
  }
  const groupsEnd = firstOf(team, thread + 1, groups);
  for (let group = firstOf(team, thread, groups); group < groupsEnd; group++) {
    const squares = orders.squares + ((set * allGroups(orders) + group) << 4);
    const list = listOf(orders, set, group);
    const end = packGroup(images, inputs, addresses + (group << 4), packedOf(orders, set, group), list, squares);
    store<u32>(listEndOf(orders, set, group), <u32>end);
  }
  const blocks = inputs >> 2;
  const blocksEnd = firstOf(team, thread + 1, blocks);
  for (let block = firstOf(team, thread, blocks); block < blocksEnd; block++) {
    const list = pixelListOf(orders, set, block);
    const packed = pixelsOf(orders, set, block);
    const end = packPixels(images, addresses, count, block * 4, packed, list, orders.mlp.hiddenRow);
    store<u32>(pixelListEndOf(orders, set, block), <u32>end);
  }
}

@inline
function allGroups(orders: Training): i32 {
  return groupsOf(orders.batchSize);
}
@inline
function packedOf(orders: Training, set: i32, group: i32): usize {
  return orders.packed + <usize>(set * allGroups(orders) + group) * <usize>orders.mlp.inputs * FOUR;
}
@inline
function listOf(orders: Training, set: i32, group: i32): usize {
  return orders.lists + <usize>(set * allGroups(orders) + group) * <usize>orders.mlp.inputs * ENTRY;
}
@inline
function listEndOf(orders: Training, set: i32, group: i32): usize {
  return orders.listEnds + ((set * allGroups(orders) + group) << 2);
}
@inline
function pixelsOf(orders: Training, set: i32, block: i32): usize {
  return orders.pixels + <usize>((set * (orders.mlp.inputs >> 2) + block) * allGroups(orders)) * 4 * FOUR;
}
@inline
function pixelListOf(orders: Training, set: i32, block: i32): usize {
  return orders.pixelLists + <usize>((set * (orders.mlp.inputs >> 2) + block) * allGroups(orders)) * 4 * ENTRY;
}
@inline
function pixelListEndOf(orders: Training, set: i32, block: i32): usize {
  return orders.pixelListEnds + ((set * (orders.mlp.inputs >> 2) + block) << 2);
}

/** 2: this thread's share of z. */
function forward(team: Team, thread: i32, orders: Training, set: i32, count: i32): void {
  const mlp = orders.mlp;
  const groups = groupsOf(count);
  // As many pieces of work as panels times threads, so that each thread gets the same number; a panel's pieces are parts of the groups.
  for (let piece = thread * mlp.panels; piece < (thread + 1) * mlp.panels; piece++) {
    const panel = piece / team.threads;
    const part = piece % team.threads;
    const end = firstOf(team, part + 1, groups);
    for (let group = firstOf(team, part, groups); group < end; group++) {
      const listEnd = load<u32>(listEndOf(orders, set, group));
      const z = orders.z + group * 4 * mlp.hiddenRow;
      firstLayerPanel(mlp, panel, listOf(orders, set, group), listEnd, packedOf(orders, set, group), z);
    }
  }
}

/** 3: this thread's groups: from z to cross-entropy's slope in z. */
function losses(team: Team, thread: i32, orders: Training, set: i32, order: usize, count: i32): void {
  const mlp = orders.mlp;
  const groups = groupsOf(count);
  const scratch = scratchOf(team, thread);
  const list = scratch.list;
  const forwardEnd = rowList(list, mlp.width, ROW_BYTES);
  const backEnd = rowList(forwardEnd, mlp.classes, mlp.hiddenRow);
  const end = firstOf(team, thread + 1, groups);
  for (let group = firstOf(team, thread, groups); group < end; group++) {
    const z = orders.z + group * 4 * mlp.hiddenRow;
    const a = orders.a + group * 4 * mlp.hiddenRow;
    const dlogits = orders.dlogits + group * 4 * mlp.classRow;
    relu(z, a, mlp.hiddenRow << 2);
    transpose4(a, mlp.hiddenRow, mlp.width, scratch.aTransposed);
    secondLayer(mlp, scratch.aTransposed, dlogits, list, forwardEnd);
    for (let i = group * 4; i < group * 4 + 4; i++) lossOf(orders, set, order, i, count);
    transpose4(dlogits, mlp.classRow, mlp.classWidth, scratch.logitsTransposed);
    const dz = orders.dz + group * 4 * mlp.hiddenRow;
    backThroughSecondLayer(mlp, scratch.logitsTransposed, z, dz, forwardEnd, backEnd);
  }
}

/** Cross-entropy of one image, and its slope in place of the logits. */
function lossOf(orders: Training, set: i32, order: usize, position: i32, count: i32): void {
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
  report.squaredImage = load<f32>(orders.squares + ((set * allGroups(orders) * 4 + position) << 2));
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
  const scale = orders.deepDefense.lambda / <f32>count;
  for (let image = take(team); image < count; image = take(team)) {
    const report = imageReport(orders, image);
    const target = report.isCorrect ? UNTARGETED : report.label;
    deepFool(mlp, options, orders.z + image * mlp.hiddenRow, target, walk);
    penalise(orders.deepDefense, squaredNorm(mlp, options, walk), report.squaredImage, report.isCorrect != 0, scale, penalty);
    report.penalty = penalty.value;
    report.isCapped = penalty.isCapped;
    report.isUnfooled = 1 - walk.fooled;
    const first = image * orders.slots;
    rows.q = orders.q + first * mlp.hiddenRow;
    rows.t = orders.t + first * mlp.hiddenRow;
    rows.slope = orders.slope + first * mlp.hiddenRow;
    rows.directions = orders.directions + first * mlp.classRow;
    rows.h = orders.h + (first << 2);
    memory.fill(rows.directions, 0, walk.steps * mlp.classRow);
    const kept = backThroughWalk(mlp, options, walk, penalty.slope, orders.dz + image * mlp.hiddenRow, scratch.row, rows);
    store<i32>(orders.stepCounts + (image << 2), kept);
  }
}

/**
 * Moves the rows of all steps together, in the images' order, so that products find them in a row: they never move up, so what is
 * moved has been read. @returns How many there are.
 */
function gatherSteps(orders: Training, count: i32): i32 {
  const mlp = orders.mlp;
  let to = 0;
  for (let image = 0; image < count; image++) {
    const steps = load<i32>(orders.stepCounts + (image << 2));
    const from = image * orders.slots;
    if (steps > 0 && from != to) {
      moveRows(orders.q, from, to, steps, mlp.hiddenRow);
      moveRows(orders.t, from, to, steps, mlp.hiddenRow);
      moveRows(orders.slope, from, to, steps, mlp.hiddenRow);
      moveRows(orders.directions, from, to, steps, mlp.classRow);
      moveRows(orders.h, from, to, steps, 4);
    }
    to += steps;
  }
  return to;
}

function moveRows(rows: usize, from: i32, to: i32, count: i32, bytes: usize): void {
  memory.copy(rows + <usize>to * bytes, rows + <usize>from * bytes, <usize>count * bytes);
}

/** G' = Q^T T and S = G' + G'^T: this thread's rows. */
function gramGradient(team: Team, thread: i32, orders: Training): void {
  const mlp = orders.mlp;
  const row = mlp.hiddenRow;
  const list = scratchOf(team, thread).list;
  const end = rowList(list, orders.stepTotal, row);
  for (let unit = thread * 4; unit < mlp.width; unit += team.threads * 4) {
    for (let column: usize = 0; column < row; column += ROW_BYTES) {
      const to = orders.gramSlope + unit * row + column;
      product(list, end, orders.q + (unit << 2), row, orders.t + column, to, row, ZEROS, 0);
    }
  }
  barrier(team, thread);
  for (let unit = thread; unit < mlp.width; unit += team.threads) mirrorSum(orders.gramSlope, orders.gramSum, mlp.width, unit);
  barrier(team, thread);
}

/** 4: this thread's share of the gradient, and Adam. */
function update(team: Team, thread: i32, orders: Training, set: i32, step: Adam, count: i32): void {
  const mlp = orders.mlp;
  const isDeepDefense = orders.objective == DEEP_DEFENSE;
  const pixelBlocks = mlp.inputs >> 2;
  const first = thread * mlp.panels;
  for (let piece = first; piece < first + mlp.panels; piece++) {
    const panel = piece / team.threads;
    const from = firstOf(team, piece % team.threads, pixelBlocks);
    const end = firstOf(team, (piece % team.threads) + 1, pixelBlocks);
    for (let block = from; block < end; block++) imageGradient(orders, set, panel, block);
    if (!isDeepDefense) descend(orders, step, panel, from, end);
  }
  if (isDeepDefense) {
    gramParts(team, thread, orders);
    // W1 S reads all of W1: nobody changes it before all are done.
    barrier(team, thread);
    for (let piece = first; piece < first + mlp.panels; piece++) {
      const part = piece % team.threads;
      const end = firstOf(team, part + 1, pixelBlocks);
      descend(orders, step, piece / team.threads, firstOf(team, part, pixelBlocks), end);
    }
  }
  const units = mlp.width >> 2;
  const scratch = scratchOf(team, thread);
  const unitsEnd = firstOf(team, thread + 1, units);
  for (let unit = firstOf(team, thread, units); unit < unitsEnd; unit++) updateUnits(scratch, orders, step, count, unit * 4);
  if (thread == team.threads - 1) updateBiases(team, thread, orders, step, count);
}

/** Bytes before the rows of `block` in a panel of W1, and in all of W1. */
@inline
function weightsAt(mlp: Mlp, panel: i32, block: i32): usize {
  return <usize>(panel * mlp.inputs + block * 4) * ROW_BYTES;
}

/** W1' = x^T dz for eight columns of four pixels. */
function imageGradient(orders: Training, set: i32, panel: i32, block: i32): void {
  const list = pixelListOf(orders, set, block);
  const end = load<u32>(pixelListEndOf(orders, set, block));
  const to = orders.gradient + weightsAt(orders.mlp, panel, block);
  product(list, end, pixelsOf(orders, set, block), FOUR, orders.dz + panel * ROW_BYTES, to, ROW_BYTES, ZEROS, 0);
}

/** W1' += W1 S, for this thread's pieces. Each block of W1 is transposed once for all of them. */
function gramParts(team: Team, thread: i32, orders: Training): void {
  const mlp = orders.mlp;
  const pixelBlocks = mlp.inputs >> 2;
  const scratch = scratchOf(team, thread);
  const listEnd = rowList(scratch.list, mlp.width, mlp.hiddenRow);
  const first = thread * mlp.panels;
  for (let part = 0; part < team.threads; part++) {
    const end = firstOf(team, part + 1, pixelBlocks);
    for (let block = firstOf(team, part, pixelBlocks); block < end; block++) {
      for (let panel = 0; panel < mlp.panels; panel++) {
        transpose4(mlp.w1 + weightsAt(mlp, panel, block), ROW_BYTES, COLUMNS, scratch.weights + panel * COLUMNS * FOUR);
      }
      for (let piece = first; piece < first + mlp.panels; piece++) {
        if (piece % team.threads == part) gramTile(orders, scratch, listEnd, piece / team.threads, block);
      }
    }
  }
}

/** W1' += W1 S for eight columns of four pixels, of which W1 lies transposed in the scratch. */
function gramTile(orders: Training, scratch: Scratch, listEnd: usize, panel: i32, block: i32): void {
  const to = orders.gradient + weightsAt(orders.mlp, panel, block);
  product(scratch.list, listEnd, scratch.weights, FOUR, orders.gramSum + panel * ROW_BYTES, to, ROW_BYTES, to, ROW_BYTES);
}

/** Adam on eight columns of the blocks [from, end). */
function descend(orders: Training, step: Adam, panel: i32, from: i32, end: i32): void {
  const at = weightsAt(orders.mlp, panel, from);
  const bytes = <usize>(end - from) * 4 * ROW_BYTES;
  adam(step, orders.mlp.w1 + at, orders.mlp.toMeans, orders.mlp.toSquares, orders.gradient + at, bytes);
}

/** W2' = a^T dlogits (+ q'^T directions) for four hidden units, Adam, and what is made of W2. */
function updateUnits(scratch: Scratch, orders: Training, step: Adam, count: i32, unit: i32): void {
  const mlp = orders.mlp;
  const row = mlp.hiddenRow;
  const list = scratch.list;
  const gradient = scratch.gradient;
  for (let column: usize = 0; column < mlp.classRow; column += ROW_BYTES) {
    let end = rowList(list, count, mlp.classRow);
    product(list, end, orders.a + (unit << 2), row, orders.dlogits + column, gradient, ROW_BYTES, ZEROS, 0);
    if (orders.objective == DEEP_DEFENSE) {
      end = rowList(list, orders.stepTotal, mlp.classRow);
      product(list, end, orders.slope + (unit << 2), row, orders.directions + column, gradient, ROW_BYTES, gradient, ROW_BYTES);
    }
    adam(step, mlp.w2 + column * mlp.width + unit * ROW_BYTES, mlp.toMeans, mlp.toSquares, gradient, 4 * ROW_BYTES);
  }
  deriveW2(mlp, unit, unit + 4);
}

/** b1' = sum of dz, b2' = sum of dlogits (+ h' directions), and Adam. */
function updateBiases(team: Team, thread: i32, orders: Training, step: Adam, count: i32): void {
  const mlp = orders.mlp;
  const gradient = scratchOf(team, thread).row;
  sumRows(orders.dz, count, mlp.hiddenRow, gradient);
  adam(step, mlp.b1, mlp.toMeans, mlp.toSquares, gradient, mlp.hiddenRow);
  sumRows(orders.dlogits, count, mlp.classRow, gradient);
  if (orders.objective == DEEP_DEFENSE) addDirections(orders, gradient);
  adam(step, mlp.b2, mlp.toMeans, mlp.toSquares, gradient, mlp.classRow);
  deriveB2(mlp);
}

function sumRows(from: usize, rows: i32, bytes: usize, to: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    let sum = f32x4.splat(0);
    for (let row = 0; row < rows; row++) sum = f32x4.add(sum, v128.load(from + row * bytes + at));
    v128.store(to + at, sum);
  }
}

function addDirections(orders: Training, to: usize): void {
  const bytes = orders.mlp.classRow;
  for (let row = 0; row < orders.stepTotal; row++) {
    const h = v128.load32_splat(orders.h + (row << 2));
    for (let at: usize = 0; at < bytes; at += 16) {
      v128.store(to + at, madd(h, v128.load(orders.directions + row * bytes + at), v128.load(to + at)));
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
