import type { Result } from "@gambeson/contract";
import { csv, meanCurve, noReferenceSentence, summarise } from "@gambeson/report";
import type { LineChart } from "../charts/line-chart.ts";
import { fourDecimalsText, numberText, percentText } from "../numbers.ts";

/** What `<gambeson-accuracy-curve>` draws. Every model is known at the same epsilons. */
export interface AccuracyCurves {
  /** Rising, from 0. */
  readonly epsilons: readonly number[];
  readonly models: readonly {
    readonly id: string;
    readonly label: string;
    /** Share of test images classified correctly under FGS, one an epsilon; the mean over the seeds. */
    readonly accuracy: readonly number[];
    /** Lowest and highest over the seeds. */
    readonly spread: readonly (readonly [low: number, high: number])[];
  }[];
  /** eps_ref: the mean over the seeds. */
  readonly epsilonReference: number;
  /** The tabulated multiples of eps_ref, as far as the curves reach. */
  readonly references: readonly { readonly factor: number; readonly epsilon: number }[];
}

/** @returns The curves; or, where there is no eps_ref to draw them up to, a sentence that says so. */
export function accuracyCurves(result: Result): AccuracyCurves | string {
  const { models, epsilonReference, factors } = summarise(result);
  // Several seeds are read at their mean eps_ref, too: there stands the line that the reader moves.
  const also = epsilonReference === null ? [] : [epsilonReference.mean];
  const curves = models.map(({ id, label, runs }) => ({ id, label, points: meanCurve(runs, also) }));
  const epsilons = (curves[0]?.points ?? []).map(({ epsilon }) => epsilon);
  if (epsilonReference === null || epsilons.length === 0) return noReferenceSentence(result);
  const end = epsilons.at(-1)!;
  return {
    epsilons,
    epsilonReference: epsilonReference.mean,
    models: curves.map(({ id, label, points }) => ({
      id,
      label,
      accuracy: points.map(({ mean }) => mean),
      spread: points.map(({ lowest, highest }) => [lowest, highest] as const),
    })),
    references: factors
      .map((factor) => ({ factor, epsilon: factor * epsilonReference.mean }))
      .filter(({ epsilon }) => epsilon <= end)
      .sort((a, b) => a.epsilon - b.epsilon),
  };
}

/** The curves on axes, with a band from the lowest to the highest seed where there are several. */
export function accuracyChart({ epsilons, models, references }: AccuracyCurves): LineChart {
  return {
    title: "Accuracy under FGS, against its ε",
    x: { label: "ε of FGS", domain: [0, epsilons.at(-1)!], format: fourDecimalsText },
    y: { label: "accuracy", domain: [0, 1], format: percentText, tick: (value) => percentText(value, 0) },
    references: references.map(({ factor, epsilon }) => ({
      x: epsilon,
      label: `${numberText(factor)} ε_ref`,
    })),
    series: models.map(({ id, label, accuracy, spread }, style) => ({
      id,
      label,
      style,
      points: accuracy.map((value, i) => [epsilons[i]!, value] as const),
      ...(hasSpread(spread) ? { band: spread } : {}),
    })),
  };
}

/** @returns The position of the epsilon that is nearest. */
export function nearestEpsilon({ epsilons }: AccuracyCurves, epsilon: number): number {
  return epsilons.reduce(
    (best, value, index) => (Math.abs(value - epsilon) < Math.abs(epsilons[best]! - epsilon) ? index : best),
    0,
  );
}

function hasSpread(spread: AccuracyCurves["models"][number]["spread"]): boolean {
  return spread.some(([low, high]) => low !== high);
}

/** The curves as CSV: an epsilon a row, a model a column; over several seeds the mean, and two more columns for lowest and highest. */
export function accuracyCurvesCsv({ epsilons, models }: AccuracyCurves): string {
  const columns = models.flatMap(({ label, accuracy, spread }) => [
    { title: label, values: accuracy },
    ...(hasSpread(spread)
      ? [
          { title: `${label}, lowest`, values: spread.map(([low]) => low) },
          { title: `${label}, highest`, values: spread.map(([, high]) => high) },
        ]
      : []),
  ]);
  return csv([
    ["epsilon", ...columns.map(({ title }) => title)],
    ...epsilons.map((epsilon, index) => [epsilon, ...columns.map(({ values }) => values[index]!)]),
  ]);
}
