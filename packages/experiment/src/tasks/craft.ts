import { UNTARGETED, withDeepFool } from "@gambeson/attacks";
import { loadMlp } from "@gambeson/models";
import { tf } from "@gambeson/runtime";
import { forEachBatch } from "@gambeson/training";
import { writeCrafted } from "../crafted-file.ts";
import { imageSourceOf } from "../image-source-of.ts";
import { inputOf, type TaskContext, type TaskOutputs } from "../task-context.ts";
import type { CraftTask } from "../task.ts";

/** DeepFool images of a whole split: each image plus its perturbation, whether or not it fools the model. */
export async function craft({ options }: CraftTask, context: TaskContext): Promise<TaskOutputs> {
  const { dataset, signal, onProgress } = context;
  const source = imageSourceOf(dataset[options.split]);
  const pixels = new Float32Array(source.count * source.imageSize);
  const model = loadMlp(inputOf(context, "weights"));
  try {
    await forEachBatch(
      model,
      source,
      ({ images, labels }, first) => {
        const targets = labels.map(() => UNTARGETED);
        withDeepFool(model, images, targets, options.deepFool, ({ perturbations }) => {
          pixels.set(tf.add(images, perturbations()).dataSync<"float32">(), first * source.imageSize);
        });
      },
      {
        signal,
        onProgress: (share) => {
          onProgress(share, `${Math.round(share * source.count)}/${source.count} images`);
        },
      },
    );
  } finally {
    tf.dispose([...model.parameters]);
  }
  return { images: writeCrafted(pixels, source) };
}
