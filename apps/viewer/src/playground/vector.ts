/** Vectors of pixels, in units of pixel intensity; lengths are Euclidean. */

export function minus(a: Float32Array, b: Float32Array): Float32Array {
  return a.map((value, i) => value - b[i]!);
}

export function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

export function norm(a: Float32Array): number {
  return Math.sqrt(dot(a, a));
}

/** The same direction with length 1; null where there is none. */
export function unit(a: Float32Array): Float32Array | null {
  const length = norm(a);
  return length > 0 ? a.map((value) => value / length) : null;
}
