import { max, sum } from "d3-array";
import type { ModelSummary } from "./summarise.ts";

/** How rho is distributed over each model's images, for all models in the same bins from 0 to `end`. */
export interface RhoDistributions {
  readonly binWidth: number;
  readonly end: number;
  readonly models: readonly RhoDistribution[];
}

/** Shares of one model's images over all seeds; they sum up to 1. */
export interface RhoDistribution {
  /** In bin i, which goes from i to i + 1 times the bin width. */
  readonly shares: readonly number[];
  /** At `end` or more. */
  readonly beyond: number;
}

/** Bins end where all but this share of the images of every model lie before. */
const BEYOND = 0.015;

/** The models' histograms as far as they are worth drawing. A histogram's last bin has no end, so it is never among the bins. */
export function rhoDistributions(models: readonly ModelSummary[]): RhoDistributions {
  const { upTo, counts } = models[0]!.runs[0]!.robustness.histogram;
  const binWidth = upTo / Math.max(1, counts.length);
  const all = models.map(({ runs }) => {
    const totals = counts.map((_, i) => sum(runs, ({ robustness }) => robustness.histogram.counts[i] ?? 0));
    const images = Math.max(1, sum(totals));
    return totals.map((total) => total / images);
  });
  const bins = max(all, binsWorthDrawing) ?? 0;
  return {
    binWidth,
    end: bins * binWidth,
    models: all.map((shares) => ({ shares: shares.slice(0, bins), beyond: sum(shares.slice(bins)) })),
  };
}

function binsWorthDrawing(shares: readonly number[]): number {
  let beyond = 1;
  const last = shares.findIndex((share) => (beyond -= share) < BEYOND);
  return Math.max(0, Math.min(last === -1 ? shares.length : last + 1, shares.length - 1));
}
