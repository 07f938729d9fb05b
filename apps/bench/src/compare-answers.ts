import type { Answer } from "./job.ts";

/** How far an answer may lie from the reference's: by a share of its size, or by a share of what was counted and one at least. */
type Tolerance = { readonly relative: number } | { readonly ofCounted: number };

/** By the answers' names. Training amplifies rounding from step to step, so the model it ends with is the least alike. */
const TOLERANCES: Readonly<Record<string, Tolerance>> = {
  meanLoss: { relative: 1e-3 },
  meanRegulariser: { relative: 1e-3 },
  rho2: { relative: 1e-3 },
  fooled: { ofCounted: 1e-3 },
  correct: { ofCounted: 1e-3 },
  testCorrect: { ofCounted: 1e-3 },
};

/**
 * Says where an answer is not the reference's.
 *
 * @param counted How many images the counts are of.
 * @returns One sentence a quantity; empty when they agree.
 * @throws {RangeError} If the reference has a quantity without a tolerance.
 */
export function compareAnswers(answer: Answer, reference: Answer, counted: number): readonly string[] {
  return Object.entries(reference).flatMap(([name, expected]) => {
    const tolerance = TOLERANCES[name];
    if (tolerance === undefined) {
      throw new RangeError(`Cannot compare answers as ${name} must have a tolerance: current value is none`);
    }
    const wanted = [expected].flat();
    const actual = [answer[name] ?? []].flat();
    if (actual.length !== wanted.length)
      return [`${name} has ${actual.length} values instead of ${wanted.length}`];
    const isWrong = (value: number, index: number) => !isNear(value, wanted[index]!, tolerance, counted);
    const first = actual.findIndex(isWrong);
    if (first === -1) return [];
    const where = wanted.length === 1 ? name : `${name}[${first}]`;
    return [`${where} is ${actual[first]} instead of ${wanted[first]}`];
  });
}

function isNear(value: number, expected: number, tolerance: Tolerance, counted: number): boolean {
  const allowed =
    "relative" in tolerance
      ? tolerance.relative * Math.abs(expected)
      : Math.max(1, tolerance.ofCounted * counted);
  return Math.abs(value - expected) <= allowed; // False for NaN.
}
