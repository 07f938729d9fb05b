/**
 * The product that all others are made of: 4 rows by 8 columns of a result, held in eight registers while numbers of A meet rows of
 * B. Which rows of B is a list, so that what is zero need not be in it.
 *
 * Eight registers, not twelve, and no loop unrolled by hand: more would not stay in registers (V8 has fifteen), and a sum that
 * goes through memory takes twice as long.
 */
import { madd } from "./simd";

/** The first 64 bytes of memory stay zero. */
export const ZEROS: usize = 0;
/** Columns of a tile. Widths are padded to a multiple of it. */
export const COLUMNS = 8;
/** Bytes of one row of a tile. */
export const ROW_BYTES: usize = 32;
/** Bytes of a list's entry: how far a row of B lies from `b`, u32. */
export const ENTRY: usize = 4;

/** Adds an entry to a list that ends at `end`; gives its new end. */
@inline
export function entry(end: usize, b: usize): usize {
  store<u32>(end, <u32>b);
  return end + ENTRY;
}

/**
 *     C[4][8] = init + sum over the list of A[4] B[8]
 *
 * The four numbers of A are neighbours; those of the list's next entry lie `step` bytes on. `sc` and `si` are the row strides of C
 * and of `init`: a bias with stride 0, the result so far, or `ZEROS`.
 */
export function product(
  list: usize,
  end: usize,
  a: usize,
  step: usize,
  b: usize,
  c: usize,
  sc: usize,
  init: usize,
  si: usize,
): void {
  let c00 = v128.load(init), c01 = v128.load(init, 16);
  init += si;
  let c10 = v128.load(init), c11 = v128.load(init, 16);
  init += si;
  let c20 = v128.load(init), c21 = v128.load(init, 16);
  init += si;
  let c30 = v128.load(init), c31 = v128.load(init, 16);
  for (; list < end; list += ENTRY) {
    const row = b + load<u32>(list);
    const b0 = v128.load(row);
    const b1 = v128.load(row, 16);
    const x = v128.load(a);
    a += step;
    const x0 = v128.shuffle<f32>(x, x, 0, 0, 0, 0);
    c00 = madd(x0, b0, c00);
    c01 = madd(x0, b1, c01);
    const x1 = v128.shuffle<f32>(x, x, 1, 1, 1, 1);
    c10 = madd(x1, b0, c10);
    c11 = madd(x1, b1, c11);
    const x2 = v128.shuffle<f32>(x, x, 2, 2, 2, 2);
    c20 = madd(x2, b0, c20);
    c21 = madd(x2, b1, c21);
    const x3 = v128.shuffle<f32>(x, x, 3, 3, 3, 3);
    c30 = madd(x3, b0, c30);
    c31 = madd(x3, b1, c31);
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  c += sc;
  v128.store(c, c10);
  v128.store(c, c11, 16);
  c += sc;
  v128.store(c, c20);
  v128.store(c, c21, 16);
  c += sc;
  v128.store(c, c30);
  v128.store(c, c31, 16);
}

/** to[count][4] = the transpose of from[4][count], rows `row` bytes apart; `count` is a multiple of 4. */
export function transpose4(from: usize, row: usize, count: i32, to: usize): void {
  const end = from + (count << 2);
  for (; from < end; from += 16, to += 64) {
    transposeBlock(v128.load(from), v128.load(from + row), v128.load(from + 2 * row), v128.load(from + 3 * row), to);
  }
}

/** to[4][4] = the transpose of four rows. */
@inline
export function transposeBlock(x0: v128, x1: v128, x2: v128, x3: v128, to: usize): void {
  const low01 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5);
  const low23 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7);
  const high23 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
  v128.store(to, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7), 16);
  v128.store(to, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5), 32);
  v128.store(to, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7), 48);
}
