import type { Result } from "@gambeson/contract";
import {
  csv,
  IMAGE_SET_TITLES,
  meanRoc,
  summarise,
  type CsvCell,
  type ImageSet,
  type RocPoint,
  type Statistic,
} from "@gambeson/report";
import type { LineChart } from "../charts/line-chart.ts";
import { fourDecimalsText, statisticText } from "../numbers.ts";

/** The ROC of one class against the rest on one set of images: what `<gambeson-roc-curve>` draws. */
export interface RocCurves {
  readonly classIndex: number;
  readonly className: string;
  readonly images: ImageSet;
  readonly lines: readonly RocLine[];
}

export interface RocLine {
  /** Of the model. */
  readonly id: string;
  readonly label: string;
  /** The mean over the seeds; vertical steps and slanted ties are kept. Empty where no seed has the class. */
  readonly points: readonly RocPoint[];
  readonly auc: Statistic | null;
  readonly seeds: readonly { readonly seed: number; readonly points: readonly RocPoint[] }[];
}

/** Side of the corner that is enlarged: false positives up to it, true positives from 1 less it. */
const CORNER = 0.2;

/** The class that is shown first: the first that the config draws. */
export function firstRocClass({ config, dataset }: Result): number {
  return config.evaluation.rocClasses.find((k) => k < dataset.classNames.length) ?? 0;
}

/** @param classIndex In [0, number of classes). */
export function rocCurves(result: Result, classIndex: number, images: ImageSet): RocCurves {
  const { models, classNames } = summarise(result);
  const lines = models.map(({ id, label, auc }): RocLine => {
    const seeds = result.seeds.flatMap(({ seed, models: runs }) =>
      runs.filter((run) => run.id === id).map((run) => ({ seed, roc: run.roc[images] })),
    );
    const curves = seeds.map(({ seed, roc }) => ({
      seed,
      of: roc.filter((one) => one.class === classIndex),
    }));
    return {
      ...{ id, label, auc: auc[images][classIndex] ?? null },
      points: meanRoc(curves.flatMap(({ of }) => of)),
      seeds: curves.map(({ seed, of }) => ({ seed, points: meanRoc(of) })),
    };
  });
  return { classIndex, className: classNames[classIndex] ?? "", images, lines };
}

/** The curves on square axes, whole or their upper left corner. */
export function rocChart({ classIndex, className, images, lines }: RocCurves, isZoomed: boolean): LineChart {
  const [x, y] = isZoomed ? ([0, CORNER] as const) : ([0, 1] as const);
  return {
    title: `ROC of class ${classIndex}, ${className}, against the rest. ${IMAGE_SET_TITLES[images]}`,
    x: { label: "false positive rate", domain: [x, y], format: fourDecimalsText },
    y: { label: "true positive rate", domain: isZoomed ? [1 - CORNER, 1] : [0, 1], format: fourDecimalsText },
    hasDiagonal: true,
    series: lines.map(({ id, label, points, auc }, style) => ({
      ...{ id, label, style },
      points: isZoomed ? cornerOf(points) : points,
      value: `AUC ${statisticText(auc, fourDecimalsText)}`,
    })),
  };
}

/** The part of a curve that lies in the corner; where it crosses the corner's edges it gets points. */
function cornerOf(points: readonly RocPoint[]): readonly RocPoint[] {
  const inside: RocPoint[] = [];
  for (let i = 1; i < points.length; i++) {
    const [[x0, y0], [x1, y1]] = [points[i - 1]!, points[i]!];
    const at = (t: number): RocPoint => [x0 + t * (x1 - x0), y0 + t * (y1 - y0)];
    const from = share(y0, y1, 1 - CORNER);
    const to = x1 <= CORNER ? 1 : share(x0, x1, CORNER);
    if (y1 < 1 - CORNER || x0 > CORNER || from > to) continue;
    if (inside.length === 0) inside.push(at(from));
    inside.push(to === 1 ? [x1, y1] : at(to));
  }
  return inside;
}

/** How far along a rising edge a height is reached, in [0, 1]. */
function share(low: number, high: number, wanted: number): number {
  return low >= wanted ? 0 : (wanted - low) / (high - low);
}

/** Every point of the curves as a tidy file: of each seed, and of the mean where there are several. */
export function rocCsv(classes: readonly RocCurves[]): string {
  const rows = classes.flatMap(({ classIndex, className, images, lines }) =>
    lines.flatMap(({ id, label, points, seeds }) => {
      const curves = seeds.map((one): [CsvCell, readonly RocPoint[]] => [one.seed, one.points]);
      if (seeds.length > 1) curves.push(["mean", points]);
      return curves.flatMap(([seed, of]) =>
        of.map(([fpr, tpr]) => [classIndex, className, images, id, label, seed, fpr, tpr]),
      );
    }),
  );
  return csv([
    [
      "class",
      "class_name",
      "images",
      "model_id",
      "model",
      "seed",
      "false_positive_rate",
      "true_positive_rate",
    ],
    ...rows,
  ]);
}
