import { ascending, bisectRight, max, mean, min } from "d3-array";
import type { ModelResult } from "@gambeson/contract";
import { evenlySpaced } from "@gambeson/metrics";

/** Accuracy at one epsilon over several runs, as shares in [0, 1]. */
export interface CurvePoint {
  readonly epsilon: number;
  readonly mean: number;
  readonly lowest: number;
  readonly highest: number;
}

/**
 * Mean, lowest and highest accuracy over the runs that have a curve. A single curve keeps its points; several, whose
 * epsilons differ with their eps_ref, are read between their points, as far as all of them reach.
 *
 * @param also Epsilons at which several curves are read, too.
 */
export function meanCurve(
  runs: readonly Pick<ModelResult, "curve">[],
  also: readonly number[] = [],
): readonly CurvePoint[] {
  const curves = runs.flatMap(({ curve }) => (curve === null || curve.epsilons.length < 2 ? [] : [curve]));
  const end = min(curves, ({ epsilons }) => epsilons.at(-1));
  if (end === undefined) return [];
  const epsilons =
    curves.length === 1 ? curves[0]!.epsilons : spacedWith(also, end, curves[0]!.epsilons.length);
  return epsilons.map((epsilon) => {
    const shares = curves.map(
      (curve) => valueAt(curve.epsilons, curve.correct, epsilon) / Math.max(1, curve.of),
    );
    return { epsilon, mean: mean(shares) ?? 0, lowest: min(shares) ?? 0, highest: max(shares) ?? 0 };
  });
}

/** `count` epsilons from 0 to `end`, and those of `also` that lie between, rising. */
function spacedWith(also: readonly number[], end: number, count: number): readonly number[] {
  const between = also.filter((epsilon) => epsilon > 0 && epsilon < end);
  return [...new Set([...evenlySpaced(end, count), ...between])].sort(ascending);
}

/** The value at x on the straight line between its neighbours. */
function valueAt(xs: readonly number[], ys: readonly number[], x: number): number {
  const after = Math.min(Math.max(bisectRight(xs, x), 1), xs.length - 1);
  const [x0, x1] = [xs[after - 1]!, xs[after]!];
  const t = x1 > x0 ? (x - x0) / (x1 - x0) : 1;
  return ys[after - 1]! + t * (ys[after]! - ys[after - 1]!);
}
