import { epsilonReference } from "@gambeson/metrics";
import { loadMlp } from "@gambeson/models";
import { breathe, tf } from "@gambeson/runtime";
import { imageSourceOf } from "../image-source-of.ts";
import { toJsonBytes } from "../json-bytes.ts";
import { inputOf, type TaskContext, type TaskOutputs } from "../task-context.ts";
import type { EpsilonReferenceTask } from "../task.ts";

/** The smallest epsilon at which FGS makes the model misclassify the wanted share of the test set; null when none does. */
export async function findEpsilonReference(
  { options }: EpsilonReferenceTask,
  context: TaskContext,
): Promise<TaskOutputs> {
  const { signal, onProgress, dataset, engine } = context;
  const model = loadMlp(inputOf(context, "weights"));
  try {
    const sweep = await engine.fgsSweepOfSet(model, imageSourceOf(dataset.test), {
      clip: options.fgs.clip,
      signal,
    });
    try {
      const value = await epsilonReference(async (epsilon) => {
        onProgress(0.5, `epsilon ${epsilon.toFixed(4)}`);
        await breathe(signal);
        return (sweep.count - sweep.correctAt([epsilon])[0]!) / sweep.count;
      }, options.epsilonReference);
      return { epsilonReference: toJsonBytes(value) };
    } finally {
      sweep.dispose();
    }
  } finally {
    tf.dispose([...model.parameters]);
  }
}
