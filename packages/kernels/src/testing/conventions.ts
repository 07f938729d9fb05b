import type { DeepFoolWalkOptions } from "../index.ts";

export type Factors = DeepFoolWalkOptions["factors"];

/** Where the overshoot acts (method: section 3), of 2 %. */
export const CONVENTIONS = {
  "in-loop": { linearise: 1.02, test: 1.02, final: 1.02 },
  "test-with": { linearise: 1, test: 1.02, final: 1.02 },
  "after-crossing": { linearise: 1, test: 1, final: 1.02 },
} as const satisfies Record<string, Factors>;

export type Convention = keyof typeof CONVENTIONS;
export const CONVENTION_NAMES = Object.keys(CONVENTIONS) as readonly Convention[];
