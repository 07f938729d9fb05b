import { weightCount, type Classifier } from "@gambeson/models";
import { breathe, scoped } from "@gambeson/runtime";
import { readBatch, type Batch, type ImageSource } from "./image-source.ts";

/** Images at once: enough to keep the threads busy ... */
const MOST_IMAGES = 500;
/** ... and for a large model fewer, weights times images, so that stopping takes no longer. */
const MOST_WORK = 4e7;

/**
 * Goes through a source in order, as many images at once as suit the model. Tensors that `work` makes are freed after each
 * batch, also when it throws; those it keeps (`tf.keep`) are its own.
 *
 * @param work Gets each batch and the position of its first image.
 * @throws The signal's reason once it is aborted.
 */
export async function forEachBatch(
  model: Classifier,
  source: ImageSource,
  work: (batch: Batch, first: number) => void,
  { signal, onProgress }: { readonly signal?: AbortSignal; onProgress?(share: number): void } = {},
): Promise<void> {
  const batchSize = Math.max(1, Math.min(MOST_IMAGES, Math.floor(MOST_WORK / weightCount(model))));
  for (let first = 0; first < source.count; first += batchSize) {
    onProgress?.(first / source.count);
    await breathe(signal);
    const length = Math.min(batchSize, source.count - first);
    scoped(() => {
      work(
        readBatch(
          source,
          Uint32Array.from({ length }, (_, index) => first + index),
        ),
        first,
      );
    });
  }
}
