import {
  deepFoolOn,
  loadImages,
  loadMlpMemory,
  type DeepFoolFindings,
  type DeepFoolWalkOptions,
  type Kernels,
} from "../index.ts";
import { UNTARGETED } from "./plain-deep-fool.ts";
import type { RandomCase } from "./random-case.ts";

/** The kernels' DeepFool on all images of a case, the perturbed ones kept. @param targets None by default. */
export function kernelDeepFool(
  kernels: Kernels,
  { sizes, parameters, images }: Pick<RandomCase, "sizes" | "parameters" | "images">,
  options: DeepFoolWalkOptions,
  targets: ArrayLike<number> = new Int32Array(images.count).fill(UNTARGETED),
): DeepFoolFindings & { readonly perturbed: Float32Array } {
  const mlp = loadMlpMemory(kernels, sizes, { parameters });
  const set = loadImages(kernels, images);
  try {
    const range = { first: 0, count: images.count };
    const findings = deepFoolOn(kernels, mlp, set, { range, targets, options, keepsImages: true });
    return { ...findings, perturbed: findings.perturbed! };
  } finally {
    set.free();
    mlp.free();
  }
}
