import type { ChartSeries, LineChart } from "@gambeson/elements";
import { fourDecimalsText, numberText, percentText } from "@gambeson/elements/numbers";
import { csv, IMAGE_SET_TITLES, meanCurve, meanRoc, type ImageSet } from "@gambeson/report";
import { comparedClasses, comparedModels, modelOf, type ComparedRun } from "./compared-runs.ts";

/** Dashes of the first models where every model's line is drawn in its run's colour. */
const DASHES = ["none", "7 4", "1.5 3", "9 3 2 3", "4 2", "14 4", "2 2 6 2"] as const;
const [LONG_DASHES, DOT] = [[6, 12, 20], " 3 1.5"] as const;

/** A chart, and its points as a file. */
export interface ComparedChart {
  readonly chart: LineChart;
  readonly csv: () => string;
}

/**
 * Accuracy under FGS of one model, or of every one, in every run.
 *
 * @param model Its id; "" for every model.
 * @returns Null where no run has a curve of it.
 */
export function comparedAccuracy(runs: readonly ComparedRun[], model: string): ComparedChart | null {
  const models = [...comparedModels(runs)].filter(([id]) => model === "" || id === model);
  const series = runs.flatMap((run) =>
    models.flatMap(([id, label], i): ChartSeries[] => {
      const points = meanCurve(modelOf(run, id)?.runs ?? []).map(
        ({ epsilon, mean }) => [epsilon, mean] as const,
      );
      if (points.length === 0) return [];
      const isOne = models.length === 1;
      return [
        {
          ...{
            id: `${run.id}/${id}`,
            label: isOne ? run.label : `${run.label}: ${label}`,
            style: run.style,
            points,
          },
          ...(isOne ? {} : { dash: dashOf(i) }),
        },
      ];
    }),
  );
  if (series.length === 0) return null;
  const end = Math.max(...series.map(({ points }) => points.at(-1)![0]));
  const without = runs.filter(({ id }) => !series.some((one) => one.id.startsWith(`${id}/`)));
  const reference = runs.find(({ isBaseline }) => isBaseline)?.summary.epsilonReference?.mean;
  const chart: LineChart = {
    title: `Accuracy under FGS, against its ε: ${models.length === 1 ? models[0]![1] : "every model"}`,
    x: { label: "ε of FGS", domain: [0, end], format: fourDecimalsText },
    y: { label: "accuracy", domain: [0, 1], format: percentText, tick: (value) => percentText(value, 0) },
    references: reference === undefined ? [] : [{ x: reference, label: "ε_ref of the baseline" }],
    series,
    ...(without.length === 0
      ? {}
      : { note: `No curve: ${without.map((run) => whyNone(run, model)).join("; ")}.` }),
  };
  return { chart, csv: () => pointsCsv(chart, ["line", "epsilon", "accuracy"]) };
}

function whyNone(run: ComparedRun, model: string): string {
  const isThere = model === "" || modelOf(run, model) !== undefined;
  return `${run.label} has no ${isThere ? "reference ε" : "such model"}`;
}

/** ROC of one class of one model in every run. @returns Null where no run has it. */
export function comparedRoc(
  runs: readonly ComparedRun[],
  { model, label, images }: { readonly model: string; readonly label: number; readonly images: ImageSet },
): ComparedChart | null {
  const series = runs.flatMap((run): ChartSeries[] => {
    const own = modelOf(run, model);
    const points = meanRoc(
      (own?.runs ?? []).flatMap(({ roc }) => roc[images].filter((one) => one.class === label)),
    );
    const auc = own?.auc[images][label];
    if (points.length === 0) return [];
    const value = auc == null ? {} : { value: `AUC ${fourDecimalsText(auc.mean)}` };
    return [{ id: run.id, label: run.label, style: run.style, points, ...value }];
  });
  if (series.length === 0) return null;
  const name = comparedClasses(runs)[label] ?? "";
  const chart: LineChart = {
    title: `ROC of class ${label}, ${name}, against the rest. ${IMAGE_SET_TITLES[images]}`,
    x: { label: "false positive rate", domain: [0, 1], format: fourDecimalsText, tick: numberText },
    y: { label: "true positive rate", domain: [0, 1], format: fourDecimalsText, tick: numberText },
    hasDiagonal: true,
    series,
  };
  return { chart, csv: () => pointsCsv(chart, ["line", "false_positive_rate", "true_positive_rate"]) };
}

/** No other's: further models have two dots or more between their dashes. */
function dashOf(model: number): string {
  const further = model - DASHES.length;
  const dots = 2 + Math.floor(further / LONG_DASHES.length);
  return DASHES[model] ?? `${LONG_DASHES[further % LONG_DASHES.length]!}${DOT.repeat(dots)} 3`;
}

function pointsCsv({ series }: LineChart, header: readonly string[]): string {
  return csv([header, ...series.flatMap(({ label, points }) => points.map(([x, y]) => [label, x, y]))]);
}
