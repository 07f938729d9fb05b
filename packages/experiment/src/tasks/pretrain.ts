import { initialMlpParameters, mlp, saveClassifier } from "@gambeson/models";
import { createRandom } from "@gambeson/runtime";
import { crossEntropy, freshAdam, type TrainingState } from "@gambeson/training";
import { imageSourceOf } from "../image-source-of.ts";
import { toJsonBytes } from "../json-bytes.ts";
import type { TaskContext, TaskOutputs } from "../task-context.ts";
import type { PretrainTask } from "../task.ts";
import { writeAdam } from "../training-file.ts";
import { trainModel } from "./train-model.ts";

/** Fresh weights, trained on the benign training images. */
export async function pretrain({ options }: PretrainTask, context: TaskContext): Promise<TaskOutputs> {
  const { seed, model, adam, pretraining } = options;
  const { height, width, classNames, train } = context.dataset;
  const sizes = [height * width, ...model.hidden, classNames.length];
  const parameters = initialMlpParameters(
    sizes,
    createRandom(seed, "initial weights"),
    model.initialDeviation,
  );
  const start: TrainingState = { epoch: 0, model: mlp(parameters), adam: freshAdam(parameters) };
  const training = {
    start,
    source: imageSourceOf(train),
    objective: crossEntropy,
    schedule: { ...pretraining, ...adam },
    seed,
    name: "pretrain",
  };
  return await trainModel(training, context, (state, epochs) => ({
    weights: saveClassifier(state.model),
    adam: writeAdam(state.adam),
    epochs: toJsonBytes(epochs),
  }));
}
