/** The class of the largest logit in each row of float32 `[rows, classCount]`, the first of equals. */
export function predictedRows(logits: Float32Array, classCount: number): Int32Array<ArrayBuffer> {
  return Int32Array.from({ length: logits.length / classCount }, (_, row) => {
    const own = logits.subarray(row * classCount, (row + 1) * classCount);
    return own.reduce((best, logit, k) => (logit > own[best]! ? k : best), 0);
  });
}
