import type { ChartKey } from "@gambeson/elements";
import { fourDecimalsText } from "@gambeson/elements/numbers";
import { csv } from "@gambeson/report";
import { comparedModels, modelOf, type ComparedRun } from "./compared-runs.ts";

/** rho2 of every model and run as bars on one scale. */
export interface ComparedBars {
  /** Model by model, in each the runs. */
  readonly bars: readonly ComparedBar[];
  /** Where the scale ends. */
  readonly end: number;
  readonly csv: () => string;
}

export interface ComparedBar {
  /** Id of the model. */
  readonly model: string;
  readonly modelLabel: string;
  /** The run's label. */
  readonly run: string;
  /** The run's. */
  readonly style: number;
  readonly rho2: number;
}

export function comparedBars(runs: readonly ComparedRun[]): ComparedBars {
  const bars = [...comparedModels(runs)].flatMap(([model, modelLabel]) =>
    runs.flatMap((run): ComparedBar[] => {
      const rho2 = modelOf(run, model)?.rho2.mean;
      return rho2 === undefined ? [] : [{ model, modelLabel, run: run.label, style: run.style, rho2 }];
    }),
  );
  return {
    bars,
    end: Math.max(0, ...bars.map(({ rho2 }) => rho2)),
    csv: () =>
      csv([["model", "run", "rho2"], ...bars.map(({ modelLabel, run, rho2 }) => [modelLabel, run, rho2])]),
  };
}

/** Where a key leads, from bar to bar as they stand below each other. @param from Null before the first key. */
export function nextBar({ bars }: ComparedBars, from: number | null, key: ChartKey): number | null {
  const last = bars.length - 1;
  if (from === null || last < 0) return last < 0 ? null : 0;
  const wanted = {
    ...{ ArrowUp: from - 1, ArrowLeft: from - 1, ArrowDown: from + 1, ArrowRight: from + 1 },
    ...{ Home: 0, End: last },
  }[key];
  return Math.min(Math.max(wanted, 0), last);
}

/** What a bar says: "Vanilla, First run: ρ₂ 0.0408". */
export function barReading({ modelLabel, run, rho2 }: ComparedBar): string {
  return `${modelLabel}, ${run}: ρ₂ ${fourDecimalsText(rho2)}`;
}
