import { csv } from "@gambeson/report";
import type { LineChart } from "@gambeson/elements";
import { fourDecimalsText, percentText } from "@gambeson/elements/numbers";

/** A line of the playground's charts: one model. */
export interface PlayLine {
  readonly id: string;
  readonly label: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** Probability of the true class under FGS, against its epsilon. */
export function fgsChart(
  lines: readonly PlayLine[],
  upTo: number,
  references: NonNullable<LineChart["references"]>,
): LineChart {
  return {
    title: "Probability of the true class under FGS, against its ε",
    x: { label: "ε of FGS", domain: [0, upTo], format: fourDecimalsText },
    y: {
      label: "true class",
      domain: [0, 1],
      format: percentText,
      tick: (value) => percentText(value, 0),
    },
    references: references.filter(({ x }) => x <= upTo),
    series: lines.map((line, style) => ({ ...line, style })),
  };
}

/** |Dx|/|x| after each step of DeepFool. */
export function deepFoolChart(lines: readonly PlayLine[]): LineChart {
  const points = lines.flatMap((line) => line.points);
  const steps = Math.max(1, ...points.map(([step]) => step));
  const largest = Math.max(...points.map(([, rho]) => rho), Number.MIN_VALUE);
  return {
    title: "|Δx| / |x| after each step of DeepFool",
    x: {
      label: "step",
      domain: [0, steps],
      format: (step) => `step ${Math.round(step)}`,
      tick: (step) => (Number.isInteger(step) ? String(step) : ""),
    },
    y: { label: "|Δx| / |x|", domain: [0, 1.1 * largest], format: fourDecimalsText },
    series: lines.map((line, style) => ({ ...line, style })),
  };
}

/** A chart of the playground as CSV: a point a row. @param columns Names of x and y. */
export function playCsv(lines: readonly PlayLine[], columns: readonly [x: string, y: string]): string {
  return csv([
    ["model", ...columns],
    ...lines.flatMap(({ label, points }) => points.map(([x, y]) => [label, x, y])),
  ]);
}
