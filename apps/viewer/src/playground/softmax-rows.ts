/**
 * Softmax of each row.
 *
 * @param logits Row-major `[rows, classCount]`.
 * @returns Probabilities, float32 `[rows, classCount]`.
 */
export function softmaxRows(logits: Float32Array, classCount: number): Float32Array {
  const probabilities = new Float32Array(logits.length);
  for (let start = 0; start < logits.length; start += classCount) {
    const row = logits.subarray(start, start + classCount);
    const largest = Math.max(...row); // Taken off first, so that no exponential overflows.
    const powers = Float64Array.from(row, (logit) => Math.exp(logit - largest));
    const sum = powers.reduce((total, power) => total + power, 0);
    powers.forEach((power, k) => (probabilities[start + k] = power / sum));
  }
  return probabilities;
}
