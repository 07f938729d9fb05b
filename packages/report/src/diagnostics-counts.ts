import { max, sum } from "d3-array";
import type { Result, Tally } from "@gambeson/contract";
import { tallyOf } from "./findings.ts";
import { percent } from "./format-number.ts";
import { summarise, type ModelSummary } from "./summarise.ts";

/** The counts behind a model's findings, summed over the seeds. */
export interface DiagnosticsCounts {
  readonly id: string;
  readonly label: string;
  /** One for each of `DIAGNOSTICS_COUNTED`. */
  readonly tallies: readonly Tally[];
  /** Whether and how far accuracy rises with epsilon, in words. */
  readonly rises: string;
}

export const DIAGNOSTICS_COUNTED = [
  "Wrong before any attack",
  "Not fooled by DeepFool",
  "Zero gradient for FGS",
  "All black",
] as const;
export const RISES_TITLE = "Accuracy rises with ε";

export function diagnosticsCounts(result: Result): readonly DiagnosticsCounts[] {
  return summarise(result).models.map((model) => ({
    id: model.id,
    label: model.label,
    tallies: [
      tallyOf(model, (d) => d.wrongBefore),
      tallyOf(model, (d) => d.unfooled),
      tallyOf(model, (d) => d.zeroGradient),
      tallyOf(model, (d) => d.blank),
    ],
    rises: risesText(model),
  }));
}

function risesText({ runs }: ModelSummary): string {
  if (runs.every(({ curve }) => curve === null)) return "–";
  const places = sum(runs, ({ diagnostics }) => diagnostics.curveRises.count);
  const climb = max(runs, ({ diagnostics }) => diagnostics.curveRises.largest) ?? 0;
  if (places === 0) return "never";
  return `${places === 1 ? "once" : `${places} times`}, by ${percent(climb)} points`;
}
