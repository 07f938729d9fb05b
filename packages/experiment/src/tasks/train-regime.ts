import { loadMlp, saveClassifier } from "@gambeson/models";
import { tf } from "@gambeson/runtime";
import {
  crossEntropy,
  deepDefense,
  deepDefenseWithFrozenPerturbation,
  freshAdam,
  perturbationRatios,
  type ImageSource,
  type Objective,
  type TrainingState,
} from "@gambeson/training";
import { readCrafted } from "../crafted-file.ts";
import { imageSourceOf } from "../image-source-of.ts";
import { toJsonBytes } from "../json-bytes.ts";
import { inputOf, type TaskContext, type TaskOutputs } from "../task-context.ts";
import type { RegimeSettings, TrainTask } from "../task.ts";
import { readAdam } from "../training-file.ts";
import { trainModel } from "./train-model.ts";

/** Goes on from the pre-trained weights as the regime says. */
export async function trainRegime({ options }: TrainTask, context: TaskContext): Promise<TaskOutputs> {
  const { regime, adam, seed } = options;
  const { epochs, batchSize, learningRate } = regime;
  const source = sourceOf(regime, context);
  const objective = await objectiveOf(regime, source, context);
  const training = {
    start: startOf(regime, context),
    source,
    objective,
    schedule: { ...adam, epochs, batchSize, learningRate },
    seed,
    name: regime.kind,
  };
  return await trainModel(training, context, (state, metrics) => ({
    weights: saveClassifier(state.model),
    epochs: toJsonBytes(metrics),
  }));
}

/** Vanilla goes on with pre-training's optimiser state, the others with a fresh one. */
function startOf(regime: RegimeSettings, context: TaskContext): TrainingState {
  const model = loadMlp(inputOf(context, "weights"));
  try {
    const adam = regime.kind === "vanilla" ? readAdam(inputOf(context, "adam")) : freshAdam(model.parameters);
    return { epoch: 0, model, adam };
  } catch (error) {
    tf.dispose([...model.parameters]);
    throw error;
  }
}

function sourceOf(regime: RegimeSettings, context: TaskContext): ImageSource {
  switch (regime.kind) {
    case "vanilla":
      return imageSourceOf(context.dataset.train);
    case "fine-tuned":
      return readCrafted(inputOf(context, "crafted"));
    case "deep-defense":
      return regime.images === "benign"
        ? imageSourceOf(context.dataset.train)
        : readCrafted(inputOf(context, "crafted"));
    default:
      return regime satisfies never;
  }
}

async function objectiveOf(
  regime: RegimeSettings,
  source: ImageSource,
  context: TaskContext,
): Promise<Objective> {
  if (regime.kind !== "deep-defense") return crossEntropy;
  if (regime.perturbation === "recomputed") return deepDefense(regime);
  context.onProgress(0, "perturbing every image once");
  const pretrained = loadMlp(inputOf(context, "weights"));
  try {
    const perturbed = await perturbationRatios(pretrained, source, regime.deepFool, context.signal);
    return deepDefenseWithFrozenPerturbation(regime, perturbed);
  } finally {
    tf.dispose([...pretrained.parameters]);
  }
}
