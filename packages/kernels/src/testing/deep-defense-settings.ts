import type { DeepDefenseSettings } from "../index.ts";

/** The method's: section 2. */
export const DEEP_DEFENSE: DeepDefenseSettings = {
  lambda: 15,
  c: 25,
  d: 5,
  exponentCap: 20,
  deepFool: { maxSteps: 5, margin: 0, factors: { linearise: 1, test: 1.02, final: 1.02 } },
};
