import type { DeepDefenseRegime, Regime } from "@gambeson/contract";
import { loadMlp, saveClassifier } from "@gambeson/models";
import {
  crossEntropy,
  deepDefense,
  deepDefenseWithFrozenPerturbation,
  disposeState,
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
import type { TrainTask } from "../task.ts";
import { readAdam } from "../training-file.ts";
import { trainModel } from "./train-model.ts";

/** Goes on from the pre-trained weights as the regime says. */
export async function trainRegime({ options }: TrainTask, context: TaskContext): Promise<TaskOutputs> {
  const { regime, adam, seed } = options;
  const start = startOf(regime, context);
  try {
    const source = sourceOf(regime, context);
    const { state, epochs } = await trainModel(
      {
        start,
        source,
        objective: await objectiveOf(regime, start, source, context),
        schedule: {
          ...adam,
          epochs: regime.epochs,
          batchSize: regime.batchSize,
          learningRate: regime.learningRate,
        },
        seed,
        name: regime.kind,
      },
      context,
    );
    const outputs = { weights: saveClassifier(state.model), epochs: toJsonBytes(epochs) };
    disposeState(state);
    return outputs;
  } finally {
    disposeState(start);
  }
}

/** Vanilla goes on with pre-training's optimiser state, the others with a fresh one. */
function startOf(regime: Regime, context: TaskContext): TrainingState {
  const model = loadMlp(inputOf(context, "weights"));
  const adam = regime.kind === "vanilla" ? readAdam(inputOf(context, "adam")) : freshAdam(model.parameters);
  return { epoch: 0, model, adam };
}

function sourceOf(regime: Regime, context: TaskContext): ImageSource {
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
  regime: Regime,
  start: TrainingState,
  source: ImageSource,
  context: TaskContext,
): Promise<Objective> {
  if (regime.kind !== "deep-defense") return crossEntropy;
  if (regime.perturbation === "recomputed") return deepDefense(regime);
  return await frozen(regime, start, source, context);
}

async function frozen(
  regime: DeepDefenseRegime,
  { model }: TrainingState,
  source: ImageSource,
  { signal, onProgress }: TaskContext,
): Promise<Objective> {
  onProgress(0, "perturbing every image once");
  const perturbed = await perturbationRatios(model, source, regime.deepFool, { batchSize: 500, signal });
  return deepDefenseWithFrozenPerturbation(regime, perturbed);
}
