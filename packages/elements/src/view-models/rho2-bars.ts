import type { Result } from "@gambeson/contract";
import { csv, publishedBeside, rhoDistributions, summarise, type Statistic } from "@gambeson/report";
import type { ChartKey } from "../charts/chart-geometry.ts";
import { fourDecimalsText, numberText, percentText, statisticText } from "../numbers.ts";

/** rho2 of each model, and how rho is spread over its images: what `<gambeson-rho2-bars>` draws. */
export interface Rho2Bars {
  readonly models: readonly Rho2Bar[];
  readonly binWidth: number;
  /** Where the last bin ends. */
  readonly end: number;
}

export interface Rho2Bar {
  readonly id: string;
  readonly label: string;
  readonly rho2: Statistic;
  /** Share of images that DeepFool fooled, over all seeds. */
  readonly fooled: number;
  /** Shares of images in bin i, from i to i + 1 times the bin width. */
  readonly shares: readonly number[];
  /** Share of images at `end` or more. */
  readonly beyond: number;
  /** What the reproduced report has; null where it has nothing. */
  readonly published: number | null;
}

/** What is read: of one model the bar, a bin, or all images beyond the bins. */
export interface Rho2Stop {
  /** Position of the model. */
  readonly model: number;
  /** 0 is the bar, 1 to n are the bins, n + 1 is what lies beyond. */
  readonly part: number;
}

export function rho2Bars(result: Result): Rho2Bars {
  const { models } = summarise(result);
  const { binWidth, end, models: spread } = rhoDistributions(models);
  const published = publishedBeside(result);
  return {
    ...{ binWidth, end },
    models: models.map(({ id, label, rho2, runs }, i) => ({
      ...{ id, label, rho2, ...spread[i]! },
      fooled: shareOfAll(runs.map(({ robustness }) => robustness.fooled)),
      published: published.get(id)?.rho2 ?? null,
    })),
  };
}

function shareOfAll(tallies: readonly { readonly count: number; readonly of: number }[]): number {
  const of = tallies.reduce((sum, tally) => sum + tally.of, 0);
  return tallies.reduce((sum, { count }) => sum + count, 0) / Math.max(1, of);
}

/** Where a key leads: left and right from bar through the bins to what lies beyond, up and down to another model. */
export function nextRho2Stop({ models }: Rho2Bars, from: Rho2Stop | null, key: ChartKey): Rho2Stop | null {
  if (from === null) return models.length === 0 ? null : { model: 0, part: 0 };
  const down: Partial<Record<ChartKey, number>> = { ArrowUp: -1, ArrowDown: 1 };
  const model = Math.min(Math.max(from.model + (down[key] ?? 0), 0), models.length - 1);
  const last = models[model]!.shares.length + 1;
  const along: Partial<Record<ChartKey, number>> = {
    ArrowLeft: from.part - 1,
    ArrowRight: from.part + 1,
    Home: 0,
    End: last,
  };
  const part = along[key] ?? from.part;
  return { model, part: Math.min(Math.max(part, 0), last) };
}

/** What a stop says: "Vanilla: ρ₂ 0.0408", "Vanilla: |Δx| / |x| from 0.01 to 0.02, 12.3 % of images". */
export function rho2Reading({ models, binWidth, end }: Rho2Bars, { model, part }: Rho2Stop): string {
  const bar = models[model];
  if (bar === undefined) return "";
  const { label, rho2, fooled, published, shares, beyond } = bar;
  if (part === 0) {
    const beside = published === null ? "" : `, published ${fourDecimalsText(published)}`;
    return `${label}: ρ₂ ${statisticText(rho2, fourDecimalsText)}${beside}; ${percentText(fooled)} of images fooled`;
  }
  const share = shares[part - 1];
  if (share === undefined) return `${label}: ${beyondText(beyond, end)}`;
  const [from, to] = [(part - 1) * binWidth, part * binWidth].map(rhoText);
  return `${label}: |Δx| / |x| from ${from!} to ${to!}, ${percentText(share)} of images`;
}

/** "1.2 % of images at 0.2 or more". */
export function beyondText(beyond: number, end: number): string {
  return `${percentText(beyond)} of images at ${rhoText(end)} or more`;
}

function rhoText(value: number): string {
  return numberText(Number(value.toPrecision(6)));
}

/** Every bin as a tidy file, a bin a row; the last, which has no end, holds all beyond. */
export function rho2Csv({ models, binWidth, end }: Rho2Bars): string {
  const rows = models.flatMap(({ id, label, rho2, published, shares, beyond }) => {
    const model = [id, label, rho2.mean, rho2.deviation, published];
    return [
      ...shares.map((share, i) => [...model, rounded(i * binWidth), rounded((i + 1) * binWidth), share]),
      [...model, rounded(end), null, beyond],
    ];
  });
  return csv([
    ["model_id", "model", "rho2_mean", "rho2_sd", "rho2_published", "from", "to", "share_of_images"],
    ...rows,
  ]);
}

/** Without the last digits, which multiplying leaves: 3 times 0.1 is 0.3. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
