import { predictedClass, slopeInHidden, viewOf, type PlainMlp, type PlainParameters } from "./plain-mlp.ts";

/** -log softmax(logits)[label]. */
export function crossEntropy(logits: Float64Array, label: number): number {
  const most = Math.max(...logits);
  return Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - most), 0)) + most - logits[label]!;
}

/** The slope of cross-entropy in the logits: softmax, less one at the label; there it is minus the others' sum, so that no digit is lost. */
export function crossEntropySlope(logits: Float64Array, label: number): Float64Array {
  const most = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - most));
  const all = powers.reduce((sum, power) => sum + power, 0);
  const slope = powers.map((power) => power / all);
  slope[label] = 0;
  slope[label] = -slope.reduce((sum, share) => sum + share, 0);
  return slope;
}

/** Of a batch: the sum of cross-entropy, how many are right, and the gradient of the mean. */
export interface PlainLoss {
  readonly crossEntropy: number;
  readonly correct: number;
  readonly gradients: PlainParameters;
}

export function crossEntropyLoss(
  mlp: PlainMlp,
  rows: readonly Float64Array[],
  labels: ArrayLike<number>,
): PlainLoss {
  const { hidden, classes } = mlp.sizes;
  const gradients = mlp.parameters.map((parameter) => new Float64Array(parameter.length));
  const [w1, b1, w2, b2] = gradients as unknown as PlainParameters;
  let sum = 0;
  let correct = 0;
  rows.forEach((x, image) => {
    const view = viewOf(mlp, x);
    sum += crossEntropy(view.logits, labels[image]!);
    correct += Number(predictedClass(view.logits) === labels[image]);
    const dlogits = crossEntropySlope(view.logits, labels[image]!).map((slope) => slope / rows.length);
    const dz = slopeInHidden(mlp, view, dlogits);
    for (let i = 0; i < x.length; i++) for (let j = 0; j < hidden; j++) w1[i * hidden + j]! += x[i]! * dz[j]!;
    for (let j = 0; j < hidden; j++) b1[j]! += dz[j]!;
    for (let j = 0; j < hidden; j++) {
      const a = Math.max(view.z[j]!, 0);
      for (let k = 0; k < classes; k++) w2[j * classes + k]! += a * dlogits[k]!;
    }
    for (let k = 0; k < classes; k++) b2[k]! += dlogits[k]!;
  });
  return { crossEntropy: sum, correct, gradients: [w1, b1, w2, b2] };
}
