import {
  createTrainer,
  loadImages,
  loadMlpMemory,
  type Kernels,
  type ParameterArrays,
  type TrainerObjective,
  type TrainerStep,
} from "../index.ts";
import type { RandomCase } from "./random-case.ts";

/** Standing still: the parameters stay, and after the first step the means are (1 - beta1) times the gradient. */
const STANDING = { learningRate: 0, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };

/** The kernels' gradient of an objective on one batch, and what the step reports. @param order The batch; all images by default. */
export function kernelGradients(
  kernels: Kernels,
  { sizes, parameters, images, order: all }: Pick<RandomCase, "sizes" | "parameters" | "images" | "order">,
  objective: TrainerObjective,
  order: Uint32Array = all,
): { readonly gradients: readonly Float64Array[]; readonly report: TrainerStep } {
  const maxTrail = objective.kind === "deep-defense" ? objective.options.deepFool.maxSteps : 1;
  const mlp = loadMlpMemory(kernels, sizes, { parameters, batchSize: order.length, maxTrail });
  const set = loadImages(kernels, images);
  const trainer = createTrainer(kernels, mlp, set, { batchSize: order.length, maxSteps: 1, objective });
  try {
    const [report] = trainer.steps(order, 0, STANDING);
    return { gradients: gradientsFrom(mlp.means()), report: report! };
  } finally {
    trainer.free();
    set.free();
    mlp.free();
  }
}

function gradientsFrom(means: ParameterArrays): Float64Array[] {
  return means.map((mean) => Float64Array.from(mean, (value) => value / (1 - STANDING.beta1)));
}
