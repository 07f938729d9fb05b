import { loadMlp } from "@gambeson/models";
import { tf } from "@gambeson/runtime";
import { emptyCrafted } from "../crafted-file.ts";
import { imageSourceOf } from "../image-source-of.ts";
import { inputOf, type TaskContext, type TaskOutputs } from "../task-context.ts";
import type { CraftTask } from "../task.ts";

/** DeepFool images of a whole split: each image plus its perturbation, whether or not it fools the model. */
export async function craft({ options }: CraftTask, context: TaskContext): Promise<TaskOutputs> {
  const { dataset, engine, signal, onProgress } = context;
  const source = imageSourceOf(dataset[options.split]);
  const { bytes, pixels } = emptyCrafted(source);
  const model = loadMlp(inputOf(context, "weights"));
  try {
    await engine.deepFoolOfSet(model, source, options.deepFool, {
      signal,
      onProgress: (share) => {
        onProgress(share, `${Math.round(share * source.count)}/${source.count} images`);
      },
      onImages: (images, first) => {
        pixels.set(images, first * source.imageSize);
      },
    });
  } finally {
    tf.dispose([...model.parameters]);
  }
  return { images: bytes };
}
