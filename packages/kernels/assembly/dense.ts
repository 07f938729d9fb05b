/** Dense layers for groups of four rows. */
import { Mlp } from "./mlp";
import { whereOn } from "./simd";
import { COLUMNS, PAIR, pair, product, ROW_BYTES, ZEROS } from "./tile";

/** z[4][width] = x W1 + b1, for a packed group. */
export function firstLayer(mlp: Mlp, list: usize, end: usize, blocks: usize, z: usize): void {
  const panels = mlp.width / COLUMNS;
  const panelBytes = mlp.inputs * ROW_BYTES;
  for (let panel = 0; panel < panels; panel++) {
    const column = panel * ROW_BYTES;
    product(list, end, blocks, 16, mlp.w1 + panel * panelBytes, ROW_BYTES, z + column, mlp.hiddenRow, mlp.b1 + column, 0);
  }
}

/** to = max(from, 0), for `bytes` bytes, a multiple of 16. */
export function relu(from: usize, to: usize, bytes: usize): void {
  const end = from + bytes;
  for (; from < end; from += 16, to += 16) v128.store(to, f32x4.max(v128.load(from), f32x4.splat(0)));
}

/**
 * A list that walks through `rows` rows of B, four at a time, and as many columns of A. The block of A moves by 16 bytes, the
 * block of B by four rows of `sb` bytes. @returns The list's end.
 */
export function straightList(list: usize, rows: i32, sb: usize): usize {
  for (let row = 0; row < rows; row += 4) list = pair(list, row << 2, row * sb);
  return list;
}

/** Bytes of `straightList`. */
export function straightListBytes(rows: i32): usize {
  return (rows >> 2) * PAIR;
}

/** logits[4][classWidth] = a W2 + b2. `list` is scratch. */
export function secondLayer(mlp: Mlp, a: usize, logits: usize, list: usize): void {
  const end = straightList(list, mlp.width, ROW_BYTES);
  const panels = mlp.classWidth / COLUMNS;
  for (let panel = 0; panel < panels; panel++) {
    const column = panel * ROW_BYTES;
    product(
      list, end, a, mlp.hiddenRow, mlp.w2 + panel * mlp.width * ROW_BYTES, ROW_BYTES, logits + column, mlp.classRow, mlp.b2 + column, 0,
    );
  }
}

/** dz[4][width] = dlogits W2^T where z > 0, zero elsewhere. `list` is scratch. */
export function backThroughSecondLayer(mlp: Mlp, dlogits: usize, z: usize, dz: usize, list: usize): void {
  const end = straightList(list, mlp.classWidth, mlp.hiddenRow);
  const row = mlp.hiddenRow;
  for (let column: usize = 0; column < row; column += ROW_BYTES) {
    product(list, end, dlogits, mlp.classRow, mlp.w2Transposed + column, row, dz + column, row, ZEROS, 0);
  }
  const all = row << 2;
  for (let i: usize = 0; i < all; i += 16) v128.store(dz + i, whereOn(v128.load(z + i), v128.load(dz + i)));
}

/** dx[4][12 pixels] = dz W1^T, for one panel of pixels. `list`: `straightList` of the width. */
export function backThroughFirstLayer(mlp: Mlp, dz: usize, panel: i32, dx: usize, sx: usize, list: usize, end: usize): void {
  product(list, end, dz, mlp.hiddenRow, mlp.w1Transposed + panel * mlp.width * ROW_BYTES, ROW_BYTES, dx, sx, ZEROS, 0);
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
