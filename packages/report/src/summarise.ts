import type { ModelResult, Result, RocOfClass } from "@gambeson/contract";
import { meanAndDeviation, type MeanAndDeviation } from "@gambeson/metrics";

/** One number over the seeds that have it. */
export type Statistic = MeanAndDeviation;

/** The three image sets that ROC curves are drawn on, in the order in which they are shown. */
export const IMAGE_SETS = ["benign", "transferred", "own"] as const;
export type ImageSet = (typeof IMAGE_SETS)[number];

/** One row of the tables: a model over all seeds. Shares are in [0, 1]. */
export interface ModelSummary {
  readonly id: string;
  readonly label: string;
  /** This model in each seed, in the order of `Result.seeds`. */
  readonly runs: readonly ModelResult[];
  readonly accuracy: Statistic;
  readonly rho2: Statistic;
  readonly rho2Correct: Statistic | null;
  readonly medianRho: Statistic;
  /** Accuracy under FGS at each of `Summary.factors` times eps_ref; null where no seed has an eps_ref. */
  readonly accuracyAt: readonly (Statistic | null)[];
  /** AUC of each class; null where no seed has one. */
  readonly auc: Readonly<Record<ImageSet, readonly (Statistic | null)[]>>;
}

/** A result over its seeds: what tables and figures show. */
export interface Summary {
  readonly models: readonly ModelSummary[];
  /** eps_ref over the seeds that have one above 0; null where none has. Where it is 0 nothing is measured at its multiples. */
  readonly epsilonReference: Statistic | null;
  readonly factors: readonly number[];
  readonly classNames: readonly string[];
}

/** Takes means and deviations over the seeds. Models are those of the first seed. */
export function summarise(result: Result): Summary {
  const { seeds, config, dataset } = result;
  const factors = config.evaluation.accuracyAt;
  return {
    models: seeds[0]!.models.map(({ id }) =>
      summariseModel(
        seeds.flatMap(({ models }) => models.filter((model) => model.id === id)),
        factors,
        dataset.classNames.length,
      ),
    ),
    epsilonReference: statistic(
      seeds.map((seed) => (seed.epsilonReference === 0 ? null : seed.epsilonReference)),
    ),
    factors,
    classNames: dataset.classNames,
  };
}

function summariseModel(
  runs: readonly ModelResult[],
  factors: readonly number[],
  classCount: number,
): ModelSummary {
  const { id, label } = runs[0]!;
  const over = (pick: (run: ModelResult) => number) => meanAndDeviation(runs.map(pick));
  const aucs = (pick: (run: ModelResult) => readonly RocOfClass[]) =>
    Array.from({ length: classCount }, (_, k) => statistic(runs.map((run) => pick(run)[k]?.auc ?? null)));
  return {
    id,
    label,
    runs,
    accuracy: over(({ accuracy }) => share(accuracy)),
    rho2: over(({ robustness }) => robustness.rho2),
    rho2Correct: statistic(runs.map(({ robustness }) => robustness.rho2Correct)),
    medianRho: over(({ robustness }) => robustness.median),
    accuracyAt: factors.map((_, i) =>
      statistic(runs.map(({ accuracyAt }) => shareOrNull(accuracyAt?.[i]?.accuracy))),
    ),
    auc: {
      benign: aucs(({ roc }) => roc.benign),
      transferred: aucs(({ roc }) => roc.transferred),
      own: aucs(({ roc }) => roc.own),
    },
  };
}

/** A tally as a share; 0 of none is 0. */
export function share({ count, of }: { readonly count: number; readonly of: number }): number {
  return of === 0 ? 0 : count / of;
}

function shareOrNull(tally: { readonly count: number; readonly of: number } | undefined): number | null {
  return tally === undefined ? null : share(tally);
}

function statistic(values: readonly (number | null)[]): Statistic | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : meanAndDeviation(known);
}
