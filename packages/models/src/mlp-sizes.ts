import type { Classifier } from "./classifier.ts";

/** Sizes of an MLP with one hidden layer. */
export interface OneHiddenLayer {
  readonly inputs: number;
  readonly hidden: number;
  readonly classes: number;
}

const NAMES = ["dense0.weight", "dense0.bias", "dense1.weight", "dense1.bias"];

/** The sizes of a classifier that is an MLP with one hidden layer; null for any other. */
export function oneHiddenLayer({
  inputSize,
  classCount,
  parameterNames,
  parameters,
}: Classifier): OneHiddenLayer | null {
  if (parameterNames.join() !== NAMES.join()) return null;
  return { inputs: inputSize, hidden: parameters[1]!.size, classes: classCount };
}
