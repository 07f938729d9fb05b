import { LOCALE } from "@gambeson/elements/locale";
import { numberText } from "@gambeson/elements/numbers";

export const MOST_EPSILON = 0.3;
export const EPSILON_STEP = 0.001;
/** Every epsilon that the playground's curve is known at: 0 to `MOST_EPSILON`, `EPSILON_STEP` apart. */
export const EPSILONS: readonly number[] = Array.from({ length: 301 }, (_, index) => index / 1000);

/** An epsilon that the run's report tells of. */
export interface EpsilonMark {
  readonly epsilon: number;
  /** "0.5 ε_ref". */
  readonly label: string;
}

/** The tabulated multiples of eps_ref that the slider reaches. @param reference eps_ref; null where there is none. */
export function epsilonMarks(reference: number | null, factors: readonly number[]): readonly EpsilonMark[] {
  if (reference === null) return [];
  return factors
    .map((factor) => ({
      epsilon: factor * reference,
      label: `${factor === 1 ? "" : `${numberText(factor)} `}ε_ref`,
    }))
    .filter(({ epsilon }) => epsilon > 0 && epsilon <= MOST_EPSILON);
}

/** Where the slider stands unless told otherwise: at half eps_ref, where models differ most. */
export function usualEpsilon(reference: number | null): number {
  return Math.min((reference ?? 0.1) / 2, MOST_EPSILON);
}

/** What an epsilon is of eps_ref: "0.50"; null where there is no eps_ref to compare with. */
export function shareOfReference(epsilon: number, reference: number | null): string | null {
  if (reference === null || reference === 0) return null;
  return new Intl.NumberFormat(LOCALE, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(
    epsilon / reference,
  );
}
