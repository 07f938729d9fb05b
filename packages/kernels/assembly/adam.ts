/** Adam's update. */
import { madd } from "./simd";

/** A step's factors. */
@unmanaged
export class Adam {
  beta1: f32;
  /** 1 - beta1 and 1 - beta2, rounded from double precision. */
  gain1: f32;
  beta2: f32;
  gain2: f32;
  /** learningRate sqrt(1 - beta2^t) / (1 - beta1^t), and epsilon sqrt(1 - beta2^t). */
  rate: f32;
  epsilon: f32;
}

/**
 *     m <- beta1 m + (1 - beta1) g    v <- beta2 v + (1 - beta2) g^2    parameter <- parameter - rate m / (sqrt(v) + epsilon)
 *
 * Moments below 1e-36 become 0: those of always-black pixels would else decay into denormal numbers, which are slow.
 *
 * @param parameter, gradient Addresses of `bytes` bytes, a multiple of 16.
 * @param toMean, toSquare How far the moments lie from the parameter.
 */
export function adam(step: Adam, parameter: usize, toMean: usize, toSquare: usize, gradient: usize, bytes: usize): void {
  const beta1 = f32x4.splat(step.beta1);
  const gain1 = f32x4.splat(step.gain1);
  const beta2 = f32x4.splat(step.beta2);
  const gain2 = f32x4.splat(step.gain2);
  const rate = f32x4.splat(step.rate);
  const epsilon = f32x4.splat(step.epsilon);
  const least = f32x4.splat(1e-36);
  const end = parameter + bytes;
  for (; parameter < end; parameter += 16, gradient += 16) {
    const g = v128.load(gradient);
    let m = madd(g, gain1, f32x4.mul(v128.load(parameter + toMean), beta1));
    let v = madd(f32x4.mul(g, g), gain2, f32x4.mul(v128.load(parameter + toSquare), beta2));
    m = v128.and(m, f32x4.ge(f32x4.abs(m), least));
    v = v128.and(v, f32x4.ge(v, least));
    v128.store(parameter + toMean, m);
    v128.store(parameter + toSquare, v);
    const change = f32x4.div(f32x4.mul(m, rate), f32x4.add(f32x4.sqrt(v), epsilon));
    v128.store(parameter, f32x4.sub(v128.load(parameter), change));
  }
}
