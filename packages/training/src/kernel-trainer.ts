import { kernelWalk } from "@gambeson/attacks";
import {
  createTrainer,
  loadImages,
  loadMlpMemory,
  type Kernels,
  type ParameterArrays,
  type TrainerObjective,
  type TrainerStep,
} from "@gambeson/kernels";
import { oneHiddenLayer, weightCount, type OneHiddenLayer } from "@gambeson/models";
import { tf, type Tensor } from "@gambeson/runtime";
import type { ObjectiveSettings, StepReport } from "./objective.ts";
import { disposeTrained, tensorTrainer } from "./tensor-trainer.ts";
import type { TrainedState, Trainer, TrainerFactory } from "./trainer.ts";

/** Weights times images: a third of a second's work of the dearest objective on one core. */
const WORK_A_BREATH = 1e9;

/**
 * Trains an MLP with one hidden layer by the kernels, the same mathematics as `tensorTrainer`; what they do not cover it passes
 * on to that one: other classifiers, a frozen perturbation, DeepFool in pixels.
 */
export function kernelTrainer(kernels: Kernels): TrainerFactory {
  return (from, source, objective, schedule) => {
    const sizes = oneHiddenLayer(from.model);
    const covered = objective.settings === null ? null : kernelObjective(objective.settings);
    if (sizes === null || covered === null) return tensorTrainer(from, source, objective, schedule);
    return startTrainer(kernels, { from, sizes, objective: covered }, source, schedule);
  };
}

/** An objective as the kernels take it; null for one they do not cover. */
function kernelObjective(settings: ObjectiveSettings): TrainerObjective | null {
  if (settings.kind === "cross-entropy") return settings;
  const deepFool = kernelWalk(settings.options.deepFool);
  return deepFool === null ? null : { kind: "deep-defense", options: { ...settings.options, deepFool } };
}

interface Start {
  readonly from: TrainedState;
  readonly sizes: OneHiddenLayer;
  readonly objective: TrainerObjective;
}

function startTrainer(
  kernels: Kernels,
  { from, sizes, objective }: Start,
  source: Parameters<TrainerFactory>[1],
  schedule: Parameters<TrainerFactory>[3],
): Trainer {
  const { batchSize } = schedule;
  const batches = Math.max(1, Math.floor(WORK_A_BREATH / (weightCount(from.model) * batchSize)));
  const opened: { free(): void }[] = [];
  const open = <T extends { free(): void }>(opening: T): T => {
    opened.push(opening);
    return opening;
  };
  const free = () => {
    for (const memory of opened.splice(0)) memory.free();
  };
  try {
    const images = open(loadImages(kernels, source));
    const mlp = open(
      loadMlpMemory(kernels, sizes, {
        parameters: arraysOf(from.model.parameters),
        means: arraysOf(from.adam.means),
        squares: arraysOf(from.adam.squares),
        batchSize,
        maxTrail: objective.kind === "deep-defense" ? objective.options.deepFool.maxSteps : 1,
      }),
    );
    const trainer = open(createTrainer(kernels, mlp, images, { batchSize, maxSteps: batches, objective }));
    let stepCount = from.adam.steps;
    let state: TrainedState | null = null;
    const forget = () => {
      if (state !== null) disposeTrained(state);
      state = null;
    };
    return {
      imagesABreath: batches * batchSize,
      advance: (order) => {
        forget();
        const reports: StepReport[] = [];
        for (let first = 0; first < order.length; first += batches * batchSize) {
          const steps = trainer.steps(
            order.subarray(first, first + batches * batchSize),
            stepCount,
            schedule,
          );
          stepCount += steps.length;
          reports.push(...steps.map((step) => reportOf(step, objective)));
        }
        return reports;
      },
      current: () =>
        (state ??= {
          model: from.model.withParameters(tensorsOf(mlp.parameters(), from.model.parameters)),
          adam: {
            steps: stepCount,
            means: tensorsOf(mlp.means(), from.model.parameters),
            squares: tensorsOf(mlp.squares(), from.model.parameters),
          },
        }),
      dispose: () => {
        forget();
        free();
      },
    };
  } catch (error) {
    free();
    throw error;
  }
}

function reportOf(
  { crossEntropy, penalty, correct, capped, unfooled, count }: TrainerStep,
  { kind }: TrainerObjective,
): StepReport {
  const regulariser = kind === "cross-entropy" ? null : { value: penalty, capped, unfooled };
  return { count, loss: crossEntropy / count + penalty, correct, regulariser };
}

function arraysOf(tensors: readonly Tensor[]): ParameterArrays {
  const [w1, b1, w2, b2] = tensors.map((tensor) => tensor.dataSync<"float32">());
  return [w1!, b1!, w2!, b2!];
}

function tensorsOf(arrays: ParameterArrays, like: readonly Tensor[]): Tensor[] {
  return arrays.map((values, index) => tf.tensor(values, like[index]!.shape));
}
