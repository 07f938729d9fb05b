/** Softmax of each row of logits, float32 `[rows, classCount]` both. */
export function softmaxRows(logits: Float32Array, classCount: number): Float32Array {
  const probabilities = new Float32Array(logits.length);
  for (let row = 0; row < logits.length; row += classCount) {
    const own = logits.subarray(row, row + classCount);
    const most = Math.max(...own);
    const exponentials = Array.from(own, (logit) => Math.exp(logit - most));
    const sum = exponentials.reduce((total, exponential) => total + exponential, 0);
    exponentials.forEach((exponential, k) => (probabilities[row + k] = exponential / sum));
  }
  return probabilities;
}

/** From each row of scores, float32 `[rows, classCount]`, that of its class in `classes`, `[rows]`. */
export function probabilitiesOf(classes: Int32Array, scores: Float32Array): Float32Array<ArrayBuffer> {
  const classCount = scores.length / classes.length;
  return Float32Array.from(classes, (k, row) => scores[row * classCount + k]!);
}
