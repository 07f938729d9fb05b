/**
 * The two products that all others are made of: 4 rows by 12 columns of a result, held in twelve registers while blocks of
 * 4 x 4 numbers of A meet blocks of 4 x 12 numbers of B.
 *
 * Which blocks meet is a list of pairs (two u32: how far A's block lies from `a`, and B's from `b`), so that blocks of nothing
 * but zeros need not be in it. Row strides `sa`, `sb`, `sc`, `si` are in bytes. The result starts from `init`: a bias with
 * stride 0, the result so far, or `ZEROS`.
 */
import { madd } from "./simd";

/** The first 64 bytes of memory stay zero. */
export const ZEROS: usize = 0;
/** Columns of a tile. Widths are padded to a multiple of it. */
export const COLUMNS = 12;
/** Bytes of one row of a tile. */
export const ROW_BYTES: usize = 48;
/** Bytes of a list's entry. */
export const PAIR: usize = 8;

/** Adds a pair to a list that ends at `end`; gives its new end. */
@inline
export function pair(end: usize, a: usize, b: usize): usize {
  store<u32>(end, <u32>a);
  store<u32>(end, <u32>b, 4);
  return end + PAIR;
}

/** C[4][12] = init + sum over the list of A[4][4] B[4][12]. */
export function product(
  list: usize,
  end: usize,
  a: usize,
  sa: usize,
  b: usize,
  sb: usize,
  c: usize,
  sc: usize,
  init: usize,
  si: usize,
): void {
  let c00 = v128.load(init, 0),
    c01 = v128.load(init, 16),
    c02 = v128.load(init, 32);
  init += si;
  let c10 = v128.load(init, 0),
    c11 = v128.load(init, 16),
    c12 = v128.load(init, 32);
  init += si;
  let c20 = v128.load(init, 0),
    c21 = v128.load(init, 16),
    c22 = v128.load(init, 32);
  init += si;
  let c30 = v128.load(init, 0),
    c31 = v128.load(init, 16),
    c32 = v128.load(init, 32);
  for (; list < end; list += PAIR) {
    const pa = a + load<u32>(list);
    let pb = b + load<u32>(list, 4);
    let s: v128, b0: v128, b1: v128, b2: v128;
    const x0 = v128.load(pa);
    const x1 = v128.load(pa + sa);
    const x2 = v128.load(pa + 2 * sa);
    const x3 = v128.load(pa + 3 * sa);
    b0 = v128.load(pb);
    b1 = v128.load(pb, 16);
    b2 = v128.load(pb, 32);
    s = v128.shuffle<f32>(x0, x0, 0, 0, 0, 0);
    c00 = madd(s, b0, c00);
    c01 = madd(s, b1, c01);
    c02 = madd(s, b2, c02);
    s = v128.shuffle<f32>(x1, x1, 0, 0, 0, 0);
    c10 = madd(s, b0, c10);
    c11 = madd(s, b1, c11);
    c12 = madd(s, b2, c12);
    s = v128.shuffle<f32>(x2, x2, 0, 0, 0, 0);
    c20 = madd(s, b0, c20);
    c21 = madd(s, b1, c21);
    c22 = madd(s, b2, c22);
    s = v128.shuffle<f32>(x3, x3, 0, 0, 0, 0);
    c30 = madd(s, b0, c30);
    c31 = madd(s, b1, c31);
    c32 = madd(s, b2, c32);
    pb += sb;
    b0 = v128.load(pb);
    b1 = v128.load(pb, 16);
    b2 = v128.load(pb, 32);
    s = v128.shuffle<f32>(x0, x0, 1, 1, 1, 1);
    c00 = madd(s, b0, c00);
    c01 = madd(s, b1, c01);
    c02 = madd(s, b2, c02);
    s = v128.shuffle<f32>(x1, x1, 1, 1, 1, 1);
    c10 = madd(s, b0, c10);
    c11 = madd(s, b1, c11);
    c12 = madd(s, b2, c12);
    s = v128.shuffle<f32>(x2, x2, 1, 1, 1, 1);
    c20 = madd(s, b0, c20);
    c21 = madd(s, b1, c21);
    c22 = madd(s, b2, c22);
    s = v128.shuffle<f32>(x3, x3, 1, 1, 1, 1);
    c30 = madd(s, b0, c30);
    c31 = madd(s, b1, c31);
    c32 = madd(s, b2, c32);
    pb += sb;
    b0 = v128.load(pb);
    b1 = v128.load(pb, 16);
    b2 = v128.load(pb, 32);
    s = v128.shuffle<f32>(x0, x0, 2, 2, 2, 2);
    c00 = madd(s, b0, c00);
    c01 = madd(s, b1, c01);
    c02 = madd(s, b2, c02);
    s = v128.shuffle<f32>(x1, x1, 2, 2, 2, 2);
    c10 = madd(s, b0, c10);
    c11 = madd(s, b1, c11);
    c12 = madd(s, b2, c12);
    s = v128.shuffle<f32>(x2, x2, 2, 2, 2, 2);
    c20 = madd(s, b0, c20);
    c21 = madd(s, b1, c21);
    c22 = madd(s, b2, c22);
    s = v128.shuffle<f32>(x3, x3, 2, 2, 2, 2);
    c30 = madd(s, b0, c30);
    c31 = madd(s, b1, c31);
    c32 = madd(s, b2, c32);
    pb += sb;
    b0 = v128.load(pb);
    b1 = v128.load(pb, 16);
    b2 = v128.load(pb, 32);
    s = v128.shuffle<f32>(x0, x0, 3, 3, 3, 3);
    c00 = madd(s, b0, c00);
    c01 = madd(s, b1, c01);
    c02 = madd(s, b2, c02);
    s = v128.shuffle<f32>(x1, x1, 3, 3, 3, 3);
    c10 = madd(s, b0, c10);
    c11 = madd(s, b1, c11);
    c12 = madd(s, b2, c12);
    s = v128.shuffle<f32>(x2, x2, 3, 3, 3, 3);
    c20 = madd(s, b0, c20);
    c21 = madd(s, b1, c21);
    c22 = madd(s, b2, c22);
    s = v128.shuffle<f32>(x3, x3, 3, 3, 3, 3);
    c30 = madd(s, b0, c30);
    c31 = madd(s, b1, c31);
    c32 = madd(s, b2, c32);
  }
  v128.store(c, c00, 0);
  v128.store(c, c01, 16);
  v128.store(c, c02, 32);
  c += sc;
  v128.store(c, c10, 0);
  v128.store(c, c11, 16);
  v128.store(c, c12, 32);
  c += sc;
  v128.store(c, c20, 0);
  v128.store(c, c21, 16);
  v128.store(c, c22, 32);
  c += sc;
  v128.store(c, c30, 0);
  v128.store(c, c31, 16);
  v128.store(c, c32, 32);
}

/** C[4][12] = init + sum over the list of the transpose of A[4][4], times B[4][12]. */
export function transposedProduct(
  list: usize,
  end: usize,
  a: usize,
  sa: usize,
  b: usize,
  sb: usize,
  c: usize,
  sc: usize,
  init: usize,
  si: usize,
): void {
  let c00 = v128.load(init, 0),
    c01 = v128.load(init, 16),
    c02 = v128.load(init, 32);
  init += si;
  let c10 = v128.load(init, 0),
    c11 = v128.load(init, 16),
    c12 = v128.load(init, 32);
  init += si;
  let c20 = v128.load(init, 0),
    c21 = v128.load(init, 16),
    c22 = v128.load(init, 32);
  init += si;
  let c30 = v128.load(init, 0),
    c31 = v128.load(init, 16),
    c32 = v128.load(init, 32);
  for (; list < end; list += PAIR) {
    let pa = a + load<u32>(list);
    let pb = b + load<u32>(list, 4);
    let x: v128, s: v128, b0: v128, b1: v128, b2: v128;
    x = v128.load(pa);
    b0 = v128.load(pb);
    b1 = v128.load(pb, 16);
    b2 = v128.load(pb, 32);
    s = v128.shuffle<f32>(x, x, 0, 0, 0, 0);
    c00 = madd(s, b0, c00);
    c01 = madd(s, b1, c01);
    c02 = madd(s, b2, c02);
    s = v128.shuffle<f32>(x, x, 1, 1, 1, 1);
    c10 = madd(s, b0, c10);
    c11 = madd(s, b1, c11);
    c12 = madd(s, b2, c12);
    s = v128.shuffle<f32>(x, x, 2, 2, 2, 2);
    c20 = madd(s, b0, c20);
    c21 = madd(s, b1, c21);
    c22 = madd(s, b2, c22);
    s = v128.shuffle<f32>(x, x, 3, 3, 3, 3);
    c30 = madd(s, b0, c30);
    c31 = madd(s, b1, c31);
    c32 = madd(s, b2, c32);
    pa += sa;
    pb += sb;
    x = v128.load(pa);
    b0 = v128.load(pb);
    b1 = v128.load(pb, 16);
    b2 = v128.load(pb, 32);
    s = v128.shuffle<f32>(x, x, 0, 0, 0, 0);
    c00 = madd(s, b0, c00);
    c01 = madd(s, b1, c01);
    c02 = madd(s, b2, c02);
    s = v128.shuffle<f32>(x, x, 1, 1, 1, 1);
    c10 = madd(s, b0, c10);
    c11 = madd(s, b1, c11);
    c12 = madd(s, b2, c12);
    s = v128.shuffle<f32>(x, x, 2, 2, 2, 2);
    c20 = madd(s, b0, c20);
    c21 = madd(s, b1, c21);
    c22 = madd(s, b2, c22);
    s = v128.shuffle<f32>(x, x, 3, 3, 3, 3);
    c30 = madd(s, b0, c30);
    c31 = madd(s, b1, c31);
    c32 = madd(s, b2, c32);
    pa += sa;
    pb += sb;
    x = v128.load(pa);
    b0 = v128.load(pb);
    b1 = v128.load(pb, 16);
    b2 = v128.load(pb, 32);
    s = v128.shuffle<f32>(x, x, 0, 0, 0, 0);
    c00 = madd(s, b0, c00);
    c01 = madd(s, b1, c01);
    c02 = madd(s, b2, c02);
    s = v128.shuffle<f32>(x, x, 1, 1, 1, 1);
    c10 = madd(s, b0, c10);
    c11 = madd(s, b1, c11);
    c12 = madd(s, b2, c12);
    s = v128.shuffle<f32>(x, x, 2, 2, 2, 2);
    c20 = madd(s, b0, c20);
    c21 = madd(s, b1, c21);
    c22 = madd(s, b2, c22);
    s = v128.shuffle<f32>(x, x, 3, 3, 3, 3);
    c30 = madd(s, b0, c30);
    c31 = madd(s, b1, c31);
    c32 = madd(s, b2, c32);
    pa += sa;
    pb += sb;
    x = v128.load(pa);
    b0 = v128.load(pb);
    b1 = v128.load(pb, 16);
    b2 = v128.load(pb, 32);
    s = v128.shuffle<f32>(x, x, 0, 0, 0, 0);
    c00 = madd(s, b0, c00);
    c01 = madd(s, b1, c01);
    c02 = madd(s, b2, c02);
    s = v128.shuffle<f32>(x, x, 1, 1, 1, 1);
    c10 = madd(s, b0, c10);
    c11 = madd(s, b1, c11);
    c12 = madd(s, b2, c12);
    s = v128.shuffle<f32>(x, x, 2, 2, 2, 2);
    c20 = madd(s, b0, c20);
    c21 = madd(s, b1, c21);
    c22 = madd(s, b2, c22);
    s = v128.shuffle<f32>(x, x, 3, 3, 3, 3);
    c30 = madd(s, b0, c30);
    c31 = madd(s, b1, c31);
    c32 = madd(s, b2, c32);
  }
  v128.store(c, c00, 0);
  v128.store(c, c01, 16);
  v128.store(c, c02, 32);
  c += sc;
  v128.store(c, c10, 0);
  v128.store(c, c11, 16);
  v128.store(c, c12, 32);
  c += sc;
  v128.store(c, c20, 0);
  v128.store(c, c21, 16);
  v128.store(c, c22, 32);
  c += sc;
  v128.store(c, c30, 0);
  v128.store(c, c31, 16);
  v128.store(c, c32, 32);
}
