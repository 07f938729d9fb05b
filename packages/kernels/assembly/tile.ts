/**
 * The product that all others are made of: 4 rows by 12 columns of a result, held in twelve registers while numbers of A meet rows
 * of B. Which meet is a list, so that what is zero need not be in it.
 */
import { madd } from "./simd";

/** The first 64 bytes of memory stay zero. */
export const ZEROS: usize = 0;
/** Columns of a tile. Widths are padded to a multiple of it. */
export const COLUMNS = 12;
/** Bytes of one row of a tile. */
export const ROW_BYTES: usize = 48;
/** Bytes of a list's entry: how far the numbers of A lie from `a`, and the row of B from `b`, u32 each. */
export const PAIR: usize = 8;

/** Adds a pair to a list that ends at `end`; gives its new end. */
@inline
export function pair(end: usize, a: usize, b: usize): usize {
  store<u32>(end, <u32>a);
  store<u32>(end, <u32>b, 4);
  return end + PAIR;
}

/**
 *     C[4][12] = init + sum over the list of A[4] B[12]
 *
 * The four numbers of A lie `sa` bytes apart: 4 for neighbours, a row's length for a column of four rows. `sc` and `si` are the
 * row strides of C and of `init`: a bias with stride 0, the result so far, or `ZEROS`.
 *
 * @param list, end Of an even number of pairs: two are done at a time.
 */
export function product(
  list: usize,
  end: usize,
  a: usize,
  sa: usize,
  b: usize,
  c: usize,
  sc: usize,
  init: usize,
  si: usize,
): void {
  let c00 = v128.load(init), c01 = v128.load(init, 16), c02 = v128.load(init, 32);
  init += si;
  let c10 = v128.load(init), c11 = v128.load(init, 16), c12 = v128.load(init, 32);
  init += si;
  let c20 = v128.load(init), c21 = v128.load(init, 16), c22 = v128.load(init, 32);
  init += si;
  let c30 = v128.load(init), c31 = v128.load(init, 16), c32 = v128.load(init, 32);
  const sa2 = sa + sa;
  const sa3 = sa2 + sa;
  for (; list < end; list += 2 * PAIR) {
    let pa = a + load<u32>(list);
    let pb = b + load<u32>(list, 4);
    let b0 = v128.load(pb);
    let b1 = v128.load(pb, 16);
    let b2 = v128.load(pb, 32);
    let x = v128.load32_splat(pa);
    c00 = madd(x, b0, c00); c01 = madd(x, b1, c01); c02 = madd(x, b2, c02);
    x = v128.load32_splat(pa + sa);
    c10 = madd(x, b0, c10); c11 = madd(x, b1, c11); c12 = madd(x, b2, c12);
    x = v128.load32_splat(pa + sa2);
    c20 = madd(x, b0, c20); c21 = madd(x, b1, c21); c22 = madd(x, b2, c22);
    x = v128.load32_splat(pa + sa3);
    c30 = madd(x, b0, c30); c31 = madd(x, b1, c31); c32 = madd(x, b2, c32);

    pa = a + load<u32>(list, 8);
    pb = b + load<u32>(list, 12);
    b0 = v128.load(pb);
    b1 = v128.load(pb, 16);
    b2 = v128.load(pb, 32);
    x = v128.load32_splat(pa);
    c00 = madd(x, b0, c00); c01 = madd(x, b1, c01); c02 = madd(x, b2, c02);
    x = v128.load32_splat(pa + sa);
    c10 = madd(x, b0, c10); c11 = madd(x, b1, c11); c12 = madd(x, b2, c12);
    x = v128.load32_splat(pa + sa2);
    c20 = madd(x, b0, c20); c21 = madd(x, b1, c21); c22 = madd(x, b2, c22);
    x = v128.load32_splat(pa + sa3);
    c30 = madd(x, b0, c30); c31 = madd(x, b1, c31); c32 = madd(x, b2, c32);
  }
  v128.store(c, c00); v128.store(c, c01, 16); v128.store(c, c02, 32);
  c += sc;
  v128.store(c, c10); v128.store(c, c11, 16); v128.store(c, c12, 32);
  c += sc;
  v128.store(c, c20); v128.store(c, c21, 16); v128.store(c, c22, 32);
  c += sc;
  v128.store(c, c30); v128.store(c, c31, 16); v128.store(c, c32, 32);
}
