/** What a benchmark needs: the machine's peak, and a tile's product without anything around it. */
import { madd } from "./simd";
import { product, ROW_BYTES } from "./tile";

/** Multiply-adds of four lanes that `peak` does in one turn. */
const CHAINS = 10;

/**
 * The most multiply-adds this engine can do: ten chains in registers, nothing loaded.
 *
 * @param at 32 bytes to start from and 16 to end in, so that nothing is known beforehand.
 * @returns Floating-point operations done.
 */
export function peak(turns: i32, at: usize): f64 {
  const x = v128.load(at);
  const y = v128.load(at, 16);
  let c0 = y, c1 = y, c2 = y, c3 = y, c4 = y;
  let c5 = y, c6 = y, c7 = y, c8 = y, c9 = y;
  for (let turn = 0; turn < turns; turn++) {
    c0 = madd(c0, x, y); c1 = madd(c1, x, y); c2 = madd(c2, x, y); c3 = madd(c3, x, y); c4 = madd(c4, x, y);
    c5 = madd(c5, x, y); c6 = madd(c6, x, y); c7 = madd(c7, x, y); c8 = madd(c8, x, y); c9 = madd(c9, x, y);
  }
  const low = f32x4.add(f32x4.add(c0, c1), f32x4.add(f32x4.add(c2, c3), c4));
  const high = f32x4.add(f32x4.add(c5, c6), f32x4.add(f32x4.add(c7, c8), c9));
  v128.store(at, f32x4.add(low, high), 32);
  return <f64>turns * CHAINS * 8;
}

/** One tile's product, `times` times over, its A 16 bytes a step. @returns Floating-point operations done. */
export function repeatProduct(list: usize, end: usize, a: usize, b: usize, c: usize, times: i32): f64 {
  for (let i = 0; i < times; i++) product(list, end, a, 16, b, c, ROW_BYTES, c, ROW_BYTES);
  return <f64>times * <f64>((end - list) >> 2) * 64;
}
