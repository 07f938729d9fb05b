import { fgsSweep, type FgsSweep } from "@gambeson/attacks";
import type { Classifier } from "@gambeson/models";
import { tf } from "@gambeson/runtime";
import { forEachBatch, type ImageSource } from "@gambeson/training";

/** FGS at any epsilon on a whole set of images. */
export interface FgsSweepOfSet {
  /** How many images are classified correctly at `epsilon`. */
  correctAt(epsilon: number): number;
  /** Images that FGS cannot move. */
  readonly zeroGradients: number;
  readonly count: number;
  dispose(): void;
}

/** Prepares `fgsSweep` for every batch of a source. @throws The signal's reason once it is aborted. */
export async function fgsSweepOfSet(
  model: Classifier,
  source: ImageSource,
  { clip, signal }: { readonly clip: boolean; readonly signal: AbortSignal },
): Promise<FgsSweepOfSet> {
  const sweeps: { sweep: FgsSweep; labels: Int32Array }[] = [];
  const dispose = () => {
    for (const { sweep } of sweeps) sweep.dispose();
  };
  try {
    await forEachBatch(
      model,
      source,
      ({ images, labels }) => {
        const sweep = fgsSweep(model, images, labels, { clip });
        for (const tensor of sweep.tensors) tf.keep(tensor);
        sweeps.push({ sweep, labels });
      },
      { signal },
    );
  } catch (error) {
    dispose();
    throw error;
  }
  return {
    count: source.count,
    zeroGradients: sweeps.reduce((sum, { sweep }) => sum + sweep.zeroGradients, 0),
    correctAt: (epsilon) =>
      sweeps.reduce(
        (sum, { sweep, labels }) =>
          sum +
          sweep.predictedAt(epsilon).reduce((count, k, image) => count + Number(k === labels[image]), 0),
        0,
      ),
    dispose,
  };
}
