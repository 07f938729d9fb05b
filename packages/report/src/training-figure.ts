import { extent, max } from "d3-array";
import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import type { EpochMetrics, Result } from "@gambeson/contract";
import { bottomAxis, leftAxis, type Scale } from "./axes.ts";
import { figure, label, NARROW, noticeFigure, type Canvas } from "./figure.ts";
import { percent } from "./format-number.ts";
import { element, pathData, type Markup } from "./markup.ts";
import { seriesStyle } from "./series-style.ts";
import { share, summarise, type ModelSummary } from "./summarise.ts";
import { BOLD, fitText } from "./text-width.ts";

const TITLE = "Training, epoch by epoch";
const [LEFT, GAP] = [46, 58];
const [ACCURACY_HEIGHT, LOSS_HEIGHT] = [110, 80];
const PANEL_HEIGHT = 26 + ACCURACY_HEIGHT + 36 + LOSS_HEIGHT + 52;

interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

/** A panel for each model: accuracy on test (solid) and training images (dashed) above, loss below; a line for each seed. */
export function trainingFigure(result: Result, canvas: Canvas): Markup {
  const trained = summarise(result)
    .models.map((model, series) => ({ model, series }))
    .filter(({ model }) => model.runs.some(({ training }) => training.length > 0));
  if (trained.length === 0) return noticeFigure(canvas, TITLE, "No model was trained for an epoch.");

  const columns = canvas.width < NARROW ? 1 : Math.min(3, trained.length);
  const width = (canvas.width - LEFT - 14 - GAP * (columns - 1)) / columns;
  const accuracies = trained.flatMap(({ model }) => epochsOf(model).flatMap(accuraciesOf));
  const [lowest = 0, highest = 1] = extent(accuracies);
  const panels = trained.map(({ model, series }, i) => {
    const place = {
      left: LEFT + (i % columns) * (width + GAP),
      top: 24 + Math.floor(i / columns) * PANEL_HEIGHT,
      width,
    };
    return panel(canvas, model, { ...place, series, lowest, highest });
  });
  const rows = Math.ceil(trained.length / columns);
  const description = `Small panels, one for each of ${trained.map(({ model }) => model.label).join(", ")}: accuracy on test images (solid) and on the images trained on (dashed), and the mean loss of a training image.`;
  const bottom = 16 + rows * PANEL_HEIGHT;
  return figure(canvas, bottom + 20, { title: TITLE, description }, panels, lineKey(canvas, bottom + 4));
}

/** What solid and dashed lines are. */
function lineKey({ theme }: Canvas, y: number): Markup {
  const stroke = { stroke: theme.muted, "stroke-width": 1.5 };
  return element(
    "g",
    {},
    element("path", { d: pathData`M${LEFT},${y - 4}h28`, ...stroke }),
    label(theme, "test images", { x: LEFT + 36, y }),
    element("path", { d: pathData`M${LEFT + 130},${y - 4}h28`, ...stroke, "stroke-dasharray": "4 3" }),
    label(theme, "images trained on", { x: LEFT + 166, y }),
  );
}

interface PanelPlace extends Place {
  readonly series: number;
  readonly lowest: number;
  readonly highest: number;
}

function panel(
  canvas: Canvas,
  model: ModelSummary,
  { left, top, width, series, lowest, highest }: PanelPlace,
): Markup {
  const { theme } = canvas;
  const epochs = epochsOf(model);
  const [first = 0, last = 1] = extent(epochs, ({ epoch }) => epoch);
  const x = scaleLinear([Math.min(first, last - 1), last], [left, left + width]);
  const accuracy = scaleLinear([lowest, highest], [top + 14 + ACCURACY_HEIGHT, top + 14]).nice(3);
  const lossTop = top + 14 + ACCURACY_HEIGHT + 30;
  const loss = scaleLinear([0, max(epochs, lossOf) ?? 1], [lossTop + LOSS_HEIGHT, lossTop]).nice(2);
  const across = [left, left + width] as const;
  const whole = (value: number) => (Number.isInteger(value) ? String(value) : "");
  const draw = (pick: (epoch: EpochMetrics) => number, y: Scale, dash: string | null) =>
    model.runs.map((run) => curve(canvas, run.training, { pick, x, y, series, dash }));
  return element(
    "g",
    {},
    label(theme, fitText(model.label, width + 20, 13 * BOLD), {
      x: left,
      y: top,
      "font-weight": 600,
      "font-size": 13,
    }),
    leftAxis(theme, { scale: accuracy, title: "accuracy (%)", format: (v) => percent(v, 0) }, across, 34),
    draw(({ trainAccuracy }) => share(trainAccuracy), accuracy, "4 3"),
    draw(({ testAccuracy }) => share(testAccuracy), accuracy, null),
    leftAxis(theme, { scale: loss, title: "loss" }, across, 34),
    draw(lossOf, loss, null),
    bottomAxis(theme, { scale: x, title: "epoch", format: whole }, lossTop + LOSS_HEIGHT),
  );
}

interface CurvePlace {
  readonly pick: (epoch: EpochMetrics) => number;
  readonly x: Scale;
  readonly y: Scale;
  readonly series: number;
  readonly dash: string | null;
}

function curve(
  { theme }: Canvas,
  epochs: readonly EpochMetrics[],
  { pick, x, y, series, dash }: CurvePlace,
): Markup {
  const { colour } = seriesStyle(theme, series);
  const path = line<EpochMetrics>(
    ({ epoch }) => x(epoch),
    (metrics) => y(pick(metrics)),
  ).digits(2);
  const dot = (metrics: EpochMetrics) =>
    element("circle", { cx: x(metrics.epoch), cy: y(pick(metrics)), r: 2.2, fill: colour });
  return element(
    "g",
    {},
    element("path", { d: path(epochs) ?? "", stroke: colour, "stroke-width": 1.5, "stroke-dasharray": dash }),
    dash === null ? epochs.map(dot) : null,
  );
}

function epochsOf({ runs }: ModelSummary): readonly EpochMetrics[] {
  return runs.flatMap(({ training }) => training);
}

function accuraciesOf({ trainAccuracy, testAccuracy }: EpochMetrics): readonly number[] {
  return [share(trainAccuracy), share(testAccuracy)];
}

function lossOf({ loss }: EpochMetrics): number {
  return loss;
}
