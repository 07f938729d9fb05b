import type { AdamSettings } from "../index.ts";

/** A parameter and what Adam remembers of it. */
export interface PlainAdam {
  readonly parameter: Float64Array;
  readonly mean: Float64Array;
  readonly square: Float64Array;
}

/** One step of Adam, in place. Source: Kingma and Ba 2015, algorithm 1. @param step Counted from 1. */
export function plainAdam(
  { parameter, mean, square }: PlainAdam,
  gradient: Float64Array,
  step: number,
  { learningRate, beta1, beta2, epsilon }: AdamSettings,
): void {
  gradient.forEach((g, i) => {
    mean[i] = beta1 * mean[i]! + (1 - beta1) * g;
    square[i] = beta2 * square[i]! + (1 - beta2) * g * g;
    const corrected = Math.sqrt(square[i] / (1 - beta2 ** step));
    parameter[i]! -= (learningRate * (mean[i] / (1 - beta1 ** step))) / (corrected + epsilon);
  });
}
