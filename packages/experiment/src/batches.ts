import { breathe, scoped } from "@gambeson/runtime";
import { readBatch, type Batch, type ImageSource } from "@gambeson/training";

/** Images at once where nothing is trained: enough to keep the threads busy, little enough to stop soon. */
const BATCH_SIZE = 500;

/**
 * Goes through a source in order. Tensors that `work` makes are freed after each batch, also when it throws.
 *
 * @param work Gets each batch and the position of its first image.
 * @throws The signal's reason once it is aborted.
 */
export async function forEachBatch(
  source: ImageSource,
  work: (batch: Batch, first: number) => void,
  { signal, onProgress }: { readonly signal: AbortSignal; onProgress?(share: number): void },
): Promise<void> {
  for (let first = 0; first < source.count; first += BATCH_SIZE) {
    onProgress?.(first / source.count);
    await breathe(signal);
    const length = Math.min(BATCH_SIZE, source.count - first);
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
