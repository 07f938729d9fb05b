/** Dense layers for groups of four rows. What goes in is transposed, `[columns][4]`; what comes out is `[4][columns]`. */
import { Mlp } from "./mlp";
import { FOUR } from "./images";
import { whereOn } from "./simd";
import { entry, product, ROW_BYTES, ZEROS } from "./tile";

/** One panel of z[4][width] = x W1 + b1, for a packed group and its list. */
export function firstLayerPanel(mlp: Mlp, panel: i32, list: usize, end: usize, packed: usize, z: usize): void {
  const column = panel * ROW_BYTES;
  product(list, end, packed, FOUR, mlp.w1Panel(panel), z + column, mlp.hiddenRow, mlp.b1 + column, 0);
}

/** z[4][width] = x W1 + b1, for a packed group and its list. */
export function firstLayer(mlp: Mlp, list: usize, end: usize, packed: usize, z: usize): void {
  for (let panel = 0; panel < mlp.panels; panel++) firstLayerPanel(mlp, panel, list, end, packed, z);
}

/** to = max(from, 0), for `bytes` bytes, a multiple of 16. */
export function relu(from: usize, to: usize, bytes: usize): void {
  const end = from + bytes;
  for (; from < end; from += 16, to += 16) v128.store(to, f32x4.max(v128.load(from), f32x4.splat(0)));
}

/** A list of `count` rows of B, `sb` bytes apart. @returns Its end. */
export function rowList(list: usize, count: i32, sb: usize): usize {
  for (let i = 0; i < count; i++) list = entry(list, i * sb);
  return list;
}

/** logits[4][classWidth] = a W2 + b2, for a[width][4]. `list`: `rowList` of the width and `ROW_BYTES`. */
export function secondLayer(mlp: Mlp, a: usize, logits: usize, list: usize, end: usize): void {
  for (let column: usize = 0; column < mlp.classRow; column += ROW_BYTES) {
    product(list, end, a, FOUR, mlp.w2 + column * mlp.width, logits + column, mlp.classRow, mlp.b2 + column, 0);
  }
}

/** dz[4][width] = dlogits W2^T where z > 0, zero elsewhere, for dlogits[classWidth][4]. `list`: `rowList` of the classes and a hidden row. */
export function backThroughSecondLayer(mlp: Mlp, dlogits: usize, z: usize, dz: usize, list: usize, end: usize): void {
  const row = mlp.hiddenRow;
  for (let column: usize = 0; column < row; column += ROW_BYTES) {
    product(list, end, dlogits, FOUR, mlp.w2Transposed + column, dz + column, row, ZEROS, 0);
  }
  const all = row << 2;
  for (let i: usize = 0; i < all; i += 16) v128.store(dz + i, whereOn(v128.load(z + i), v128.load(dz + i)));
}

/** dx[4][pixels] = dz W1^T, for dz[width][4]; a row is whole panels of 8 pixels. `list`: `rowList` of the width and `ROW_BYTES`. */
export function backThroughFirstLayer(mlp: Mlp, dz: usize, dx: usize, list: usize, end: usize): void {
  const row = mlp.pixelPanels * ROW_BYTES;
  for (let panel = 0; panel < mlp.pixelPanels; panel++) {
    const weights = mlp.w1Transposed + panel * mlp.width * ROW_BYTES;
    product(list, end, dz, FOUR, weights, dx + panel * ROW_BYTES, row, ZEROS, 0);
  }
}

/** z[4][width] = x W1, for x[inputs][4]. `list`: `rowList` of the inputs and `ROW_BYTES`. */
export function rowsThroughFirstLayer(mlp: Mlp, x: usize, z: usize, list: usize, end: usize): void {
  for (let panel = 0; panel < mlp.panels; panel++) {
    product(list, end, x, FOUR, mlp.w1Panel(panel), z + panel * ROW_BYTES, mlp.hiddenRow, ZEROS, 0);
  }
}

/** The class of the largest of `classes` logits, the first of equals. */
export function predictedClass(logits: usize, classes: i32): i32 {
  let best = 0;
  let most = load<f32>(logits);
  for (let k = 1; k < classes; k++) {
    const logit = load<f32>(logits + (k << 2));
    if (logit > most) {
      most = logit;
      best = k;
    }
  }
  return best;
}
