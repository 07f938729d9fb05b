import type { EpochMetrics, Result } from "@gambeson/contract";
import { csv, share, summarise } from "@gambeson/report";
import { scaleLinear } from "d3-scale";
import { shownSeries } from "../charts/chart-key.ts";
import type { ChartAxis, ChartPoint, ChartSeries, LineChart } from "../charts/line-chart.ts";
import { numberText, percentText } from "../numbers.ts";

/** One training as far as it has come: of a model, in one seed. */
export interface TrainingLine {
  /** Unique. */
  readonly id: string;
  readonly label: string;
  /** Under which its lines stand in the key, with those of the same id. Default: the training itself. */
  readonly model?: { readonly id: string; readonly label: string };
  /** Colour and marker: the model's position among the models. */
  readonly style: number;
  /** From the first on; none yet is fine. */
  readonly epochs: readonly EpochMetrics[];
}

/** The trainings of a result: a line for each model and seed that was trained for an epoch. */
export function trainingLines(result: Result): readonly TrainingLine[] {
  const isSeeded = result.seeds.length > 1;
  return summarise(result).models.flatMap(({ id, label }, style) =>
    result.seeds.flatMap(({ seed, models }) =>
      models
        .filter((model) => model.id === id && model.training.length > 0)
        .map(({ training }) => ({
          id: isSeeded ? `${id}/${seed}` : id,
          label: isSeeded ? `${label}, seed ${seed}` : label,
          ...{ model: { id, label }, style, epochs: training },
        })),
    ),
  );
}

/** One of a training's curves. */
interface Curve {
  readonly id: string;
  /** What it is of, for readings. */
  readonly of: string;
  readonly dash: string;
  readonly pick: (epoch: EpochMetrics) => number | null;
}
const [SOLID, DASHED] = ["none", "5 4"] as const;
const ACCURACIES: readonly Curve[] = [
  { id: "test", of: "test images", dash: SOLID, pick: ({ testAccuracy }) => share(testAccuracy) },
  { id: "train", of: "images trained on", dash: DASHED, pick: ({ trainAccuracy }) => share(trainAccuracy) },
];
const LOSSES: readonly Curve[] = [
  { id: "loss", of: "whole", dash: SOLID, pick: ({ loss }) => loss },
  { id: "regulariser", of: "its regulariser", dash: DASHED, pick: ({ regulariser }) => regulariser },
];

/** Accuracy, epoch by epoch, on an axis that fits what is shown. @param hiddenLines Ids of models. */
export function trainingAccuracyChart(
  lines: readonly TrainingLine[],
  hiddenLines: readonly string[] = [],
): LineChart {
  const series = seriesOf(lines, ACCURACIES);
  const [low, high] = niceDomain(heightsOf(series, hiddenLines), 0.01);
  return {
    title: "Accuracy while training",
    x: epochAxis(lines),
    y: {
      label: "accuracy",
      domain: [Math.max(0, low), Math.min(1, high)],
      format: percentText,
      tick: (value) => percentText(value, high - low < 0.05 ? 1 : 0),
    },
    series,
    note: `Solid: test images. Dashed: the images trained on.${seedsNote(lines)}`,
  };
}

/** Mean loss of a training image, epoch by epoch, on an axis that fits what is shown. @param hiddenLines Ids of models. */
export function trainingLossChart(
  lines: readonly TrainingLine[],
  hiddenLines: readonly string[] = [],
): LineChart {
  const series = seriesOf(lines, LOSSES);
  const hasRegulariser = series.some(({ dash }) => dash === DASHED);
  const dashes = hasRegulariser ? "Solid: the whole loss. Dashed: the regulariser's share of it." : "";
  const note = `${dashes}${seedsNote(lines)}`.trim();
  return {
    title: "Loss while training",
    x: epochAxis(lines),
    y: {
      label: "loss",
      domain: [0, niceDomain([0, ...heightsOf(series, hiddenLines)], 0.1)[1]],
      format: (value) => numberText(Number(value.toPrecision(4))),
    },
    series,
    ...(note === "" ? {} : { note }),
  };
}

/** Several lines of one model are its seeds'. */
function seedsNote(lines: readonly TrainingLine[]): string {
  const models = new Set(lines.map(({ id, model }) => model?.id ?? id));
  return models.size < lines.length ? " A line a seed." : "";
}

function seriesOf(lines: readonly TrainingLine[], curves: readonly Curve[]): readonly ChartSeries[] {
  return lines.flatMap(({ id, label, model = { id, label }, style, epochs }) =>
    curves.flatMap(({ id: curve, of, dash, pick }) => {
      const points = epochs.flatMap((epoch): ChartPoint[] => {
        const value = pick(epoch);
        return value === null ? [] : [[epoch.epoch, value]];
      });
      if (points.length === 0) return [];
      return [{ id: `${id}/${curve}`, label: `${label}, ${of}`, group: model, style, dash, points }];
    }),
  );
}

/** From the first epoch to the last that any has reached; never a single one, which would have no width. */
function epochAxis(lines: readonly TrainingLine[]): ChartAxis {
  const last = Math.max(2, ...lines.flatMap(({ epochs }) => epochs.map(({ epoch }) => epoch)));
  return {
    label: "epoch",
    domain: [1, last],
    format: numberText,
    tick: (value) => (Number.isInteger(value) ? numberText(value) : ""),
  };
}

function heightsOf(series: readonly ChartSeries[], hiddenLines: readonly string[]): readonly number[] {
  return shownSeries(series, hiddenLines).flatMap(({ points }) => points.map(([, y]) => y));
}

/** Round numbers around the values, at least about `least` apart. */
function niceDomain(values: readonly number[], least: number): readonly [number, number] {
  if (values.length === 0) return [0, 1];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const pad = Math.max(0, least - (high - low)) / 2;
  const [from = low, to = high] = scaleLinear([low - pad, high + pad], [0, 1])
    .nice(5)
    .domain();
  return [from, to];
}

/** Accuracies, an epoch a row. */
export function trainingAccuracyCsv(lines: readonly TrainingLine[]): string {
  return epochsCsv(lines, {
    train_accuracy: ({ trainAccuracy }) => share(trainAccuracy),
    test_accuracy: ({ testAccuracy }) => share(testAccuracy),
  });
}

/** The loss and its parts, an epoch a row; `capped` and `unfooled` count images of Deep Defense. */
export function trainingLossCsv(lines: readonly TrainingLine[]): string {
  return epochsCsv(lines, {
    loss: ({ loss }) => loss,
    regulariser: ({ regulariser }) => regulariser,
    capped: ({ capped }) => capped,
    unfooled: ({ unfooled }) => unfooled,
  });
}

function epochsCsv(
  lines: readonly TrainingLine[],
  columns: Readonly<Record<string, (epoch: EpochMetrics) => number | null>>,
): string {
  return csv([
    ["id", "model", "epoch", ...Object.keys(columns)],
    ...lines.flatMap(({ id, label, epochs }) =>
      epochs.map((epoch) => [id, label, epoch.epoch, ...Object.values(columns).map((pick) => pick(epoch))]),
    ),
  ]);
}
