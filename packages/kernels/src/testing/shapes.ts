import type { MlpSizes } from "../index.ts";

/** Sizes around the kernels' blocks of 4 pixels, 12 units and 12 classes, and real ones. */
export const SHAPES: readonly MlpSizes[] = [
  { inputs: 1, hidden: 1, classes: 2 },
  { inputs: 3, hidden: 5, classes: 3 },
  { inputs: 5, hidden: 12, classes: 10 },
  { inputs: 13, hidden: 13, classes: 13 },
  { inputs: 30, hidden: 5, classes: 25 },
  { inputs: 30, hidden: 24, classes: 12 },
  { inputs: 784, hidden: 13, classes: 2 },
  { inputs: 784, hidden: 100, classes: 10 },
];

/**
 * For properties of numbers that rounding can tip over (a unit that is barely on, two classes as good as each other): always the
 * same cases, so that a test that passes goes on passing.
 */
export const SAME_CASES = { seed: 1, numRuns: 60 } as const;
