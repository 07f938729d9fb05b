/** Four lanes at once. With relaxed SIMD a multiply-add is one instruction and rounds once; else it is two. */

@inline
export function madd(a: v128, b: v128, sum: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, sum) : f32x4.add(sum, f32x4.mul(a, b));
}

/** The sum of the four lanes. */
@inline
export function sumOf(x: v128): f32 {
  const pairs = f32x4.add(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** The lanes of `x` where `slope` > 0, zero elsewhere. */
@inline
export function whereOn(slope: v128, x: v128): v128 {
  return v128.and(f32x4.gt(slope, f32x4.splat(0)), x);
}

/**
 * e^x to 2 units in the last place, for x up to 88. 0 below -69, where it is 1e-30: smaller numbers would soon be denormal, and slow.
 *
 *     e^x = 2^n e^r    n = round(x / ln 2)    |r| <= ln 2 / 2
 *
 * Source: the polynomial of Cephes' expf (Moshier 1992).
 */
@inline
export function exp4(x: v128): v128 {
  const isTiny = f32x4.lt(x, f32x4.splat(-69));
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504)));
  let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
  let p = f32x4.splat(1.9875691500e-4);
  p = madd(p, r, f32x4.splat(1.3981999507e-3));
  p = madd(p, r, f32x4.splat(8.3334519073e-3));
  p = madd(p, r, f32x4.splat(4.1665795894e-2));
  p = madd(p, r, f32x4.splat(1.6666665459e-1));
  p = madd(p, r, f32x4.splat(5.0000001201e-1));
  p = f32x4.add(madd(p, f32x4.mul(r, r), r), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return v128.andnot(f32x4.mul(p, power), isTiny);
}

/** e^x for one number. */
export function exp1(x: f32): f32 {
  return f32x4.extract_lane(exp4(f32x4.splat(x)), 0);
}

/**
 * The natural logarithm of x >= 1, in double precision.
 *
 *     x = 2^n m    sqrt(1/2) <= m < sqrt(2)    ln m = 2 artanh((m - 1) / (m + 1)), as a series
 */
export function log(x: f64): f64 {
  const bits = reinterpret<i64>(x);
  let n = <f64>((bits >> 52) - 1023);
  let m = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (m > 1.4142135623730951) {
    m *= 0.5;
    n += 1;
  }
  const s = (m - 1) / (m + 1);
  const q = s * s;
  // |s| < 0.172: the tenth term is below 1e-16.
  let series: f64 = 1.0 / 19.0;
  for (let k = 17; k > 0; k -= 2) series = series * q + 1.0 / <f64>k;
  return n * 0.6931471805599453 + 2 * s * series;
}
