import type { MlpSizes, ParameterArrays } from "../index.ts";

/**
 * What the kernels are tested against: the same model in double precision, one image at a time, written to be read.
 *
 *     z = x W1 + b1    logits = max(z, 0) W2 + b2
 */
export interface PlainMlp {
  readonly sizes: MlpSizes;
  /** W1 `[inputs, hidden]`, b1 `[hidden]`, W2 `[hidden, classes]`, b2 `[classes]`, row-major. */
  readonly parameters: PlainParameters;
}

export type PlainParameters = readonly [Float64Array, Float64Array, Float64Array, Float64Array];

/** What the model makes of one image. */
export interface PlainView {
  readonly z: Float64Array;
  readonly logits: Float64Array;
}

export function plainMlp(sizes: MlpSizes, [w1, b1, w2, b2]: ParameterArrays): PlainMlp {
  return {
    sizes,
    parameters: [Float64Array.from(w1), Float64Array.from(b1), Float64Array.from(w2), Float64Array.from(b2)],
  };
}

export function viewOf({ sizes, parameters: [w1, b1, w2, b2] }: PlainMlp, x: Float64Array): PlainView {
  const { inputs, hidden, classes } = sizes;
  const z = Float64Array.from(b1);
  for (let i = 0; i < inputs; i++) {
    for (let j = 0; j < hidden; j++) z[j]! += x[i]! * w1[i * hidden + j]!;
  }
  const logits = Float64Array.from(b2);
  for (let j = 0; j < hidden; j++) {
    for (let k = 0; k < classes; k++) logits[k]! += Math.max(z[j]!, 0) * w2[j * classes + k]!;
  }
  return { z, logits };
}

/** The slope of `weights` times the logits in z: W2 weights where z > 0, zero elsewhere. @param weights `[classes]`. */
export function slopeInHidden(mlp: PlainMlp, { z }: PlainView, weights: ArrayLike<number>): Float64Array {
  const { classes } = mlp.sizes;
  const w2 = mlp.parameters[2];
  return z.map((zj, j) => {
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += w2[j * classes + k]! * weights[k]!;
    return zj > 0 ? sum : 0;
  });
}

/** The slope of `weights` times the logits in the pixels. @param weights `[classes]`. */
export function slopeInPixels(mlp: PlainMlp, view: PlainView, weights: ArrayLike<number>): Float64Array {
  const { inputs, hidden } = mlp.sizes;
  const w1 = mlp.parameters[0];
  const inHidden = slopeInHidden(mlp, view, weights);
  return Float64Array.from({ length: inputs }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < hidden; j++) sum += w1[i * hidden + j]! * inHidden[j]!;
    return sum;
  });
}

/** The class of the largest logit, the first of equals. */
export function predictedClass(logits: Float64Array): number {
  return logits.indexOf(Math.max(...logits));
}

/** How far the largest logit is ahead of the second. */
export function lead(logits: Float64Array): number {
  const [first, second] = [...logits].sort((a, b) => b - a) as [number, number];
  return first - second;
}
