import type { LineChart } from "@gambeson/elements";
import { deepFoolChart, fgsChart, playCsv, type PlayLine } from "./play-charts.ts";
import type { PlayAttack } from "./play-choice.ts";
import { EPSILONS, MOST_EPSILON, type EpsilonMark } from "./play-epsilons.ts";
import type { PlayFindings } from "./play-model-views.ts";
import { deepFoolSentence, fallOf, fgsSentence } from "./play-sentence.ts";

/** All models under one attack: what one sees in a sentence, and how it came about in a chart. */
export interface PlayOverview {
  readonly sentence: string;
  /** Above the chart. */
  readonly heading: string;
  readonly chart: LineChart;
  /** Of the chart's files, without ending. */
  readonly name: string;
  readonly csv: () => string;
}

/** The chart shows every so manieth epsilon: 61 points are enough to go through by key. */
const CHART_EVERY = 5;

/** What is known of an image, whatever epsilon and step are shown. */
type PlayGround = Pick<PlayFindings, "models" | "curves" | "trails" | "label">;

/** @param marks Epsilons that the report tells of. */
export function playOverview(
  ground: PlayGround,
  attack: PlayAttack,
  marks: readonly EpsilonMark[],
): PlayOverview {
  return attack === "fgs" ? fgsOverview(ground, marks) : deepFoolOverview(ground);
}

function fgsOverview({ models, curves, label }: PlayGround, marks: readonly EpsilonMark[]): PlayOverview {
  const lines = models.map((model, index): PlayLine => {
    const points = EPSILONS.map((epsilon, at) => [epsilon, curves[index]!.probability[at]!] as const);
    return { id: model.id, label: model.label, points: points.filter((_, at) => at % CHART_EVERY === 0) };
  });
  const falls = models.map((model, index) => fallOf(model.label, curves[index]!.predicted, EPSILONS, label));
  const references = marks.map(({ epsilon, label: text }) => ({ x: epsilon, label: text }));
  return {
    sentence: fgsSentence(falls, MOST_EPSILON),
    heading: "Probability of the true class",
    chart: fgsChart(lines, MOST_EPSILON, references),
    name: "true-class-under-fgs",
    csv: () => playCsv(lines, ["epsilon", "probability"]),
  };
}

function deepFoolOverview({ models, trails }: PlayGround): PlayOverview {
  const lines = models.map(({ id, label }, index): PlayLine => {
    return { id, label, points: trails[index]!.states.map(({ rho }, step) => [step, rho ?? 0] as const) };
  });
  const ways = models.map(({ label }, index) => {
    const { states, fooled } = trails[index]!;
    return { label, rho: states.at(-1)!.rho, fooled };
  });
  return {
    sentence: deepFoolSentence(ways),
    heading: "How far DeepFool went",
    chart: deepFoolChart(lines),
    name: "deepfool-steps",
    csv: () => playCsv(lines, ["step", "rho"]),
  };
}
