/** Cross-entropy of logits, and its gradient. */
import { exp4, log } from "./simd";

/** Logits of padded classes: so low that they have no probability. */
const FAR_BELOW: f32 = -1e30;

/**
 * Replaces an image's logits by the slope of scale * CE, scale * (softmax - one-hot), and gives CE.
 *
 * @param logits f32 `[classWidth]`.
 */
export function crossEntropySlope(logits: usize, classes: i32, classWidth: i32, label: i32, scale: f32): f64 {
  for (let k = classes; k < classWidth; k++) store<f32>(logits + (k << 2), FAR_BELOW);
  let most = load<f32>(logits);
  for (let k = 1; k < classes; k++) most = max(most, load<f32>(logits + (k << 2)));
  const own = load<f32>(logits + (label << 2));
  let sum: f64 = 0;
  const end = logits + (classWidth << 2);
  for (let at = logits; at < end; at += 16) {
    const e = exp4(f32x4.sub(v128.load(at), f32x4.splat(most)));
    v128.store(at, e);
    sum += <f64>f32x4.extract_lane(e, 0) + <f64>f32x4.extract_lane(e, 1);
    sum += <f64>f32x4.extract_lane(e, 2) + <f64>f32x4.extract_lane(e, 3);
  }
  const share = f32x4.splat(<f32>(<f64>scale / sum));
  for (let at = logits; at < end; at += 16) v128.store(at, f32x4.mul(v128.load(at), share));
  const slope = logits + (label << 2);
  store<f32>(slope, load<f32>(slope) - scale);
  return log(sum) + <f64>(most - own);
}

/**
 * Replaces an image's logits by the direction of CE's slope, without its size: softmax over the other classes, -1 at the label.
 * A slope (softmax - one-hot) / (1 - softmax of the label) never vanishes, however sure the model is.
 */
export function crossEntropyDirection(logits: usize, classes: i32, classWidth: i32, label: i32): void {
  store<f32>(logits + (label << 2), FAR_BELOW);
  let most = FAR_BELOW;
  for (let k = 0; k < classes; k++) most = max(most, load<f32>(logits + (k << 2)));
  for (let k = classes; k < classWidth; k++) store<f32>(logits + (k << 2), FAR_BELOW);
  let sum: f32 = 0;
  const end = logits + (classWidth << 2);
  for (let at = logits; at < end; at += 16) {
    const e = exp4(f32x4.sub(v128.load(at), f32x4.splat(most)));
    v128.store(at, e);
    sum += f32x4.extract_lane(e, 0) + f32x4.extract_lane(e, 1) + f32x4.extract_lane(e, 2) + f32x4.extract_lane(e, 3);
  }
  const share = f32x4.splat(1 / sum);
  for (let at = logits; at < end; at += 16) v128.store(at, f32x4.mul(v128.load(at), share));
  store<f32>(logits + (label << 2), -1);
}
