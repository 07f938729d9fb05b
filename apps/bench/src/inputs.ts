/** Weights files in the inputs folder: MLP 784-100-10, fresh; after one epoch; after all; and after some Deep Defense. */
export const WEIGHTS = {
  initial: "initial.safetensors",
  early: "early.safetensors",
  trained: "trained.safetensors",
  robust: "robust.safetensors",
} as const;

/** Deep Defense's settings, in the models that are prepared and in what is timed. */
export const DEFENCE = { lambda: 15, c: 25, d: 5, exponentCap: 20, maxSteps: 5, overshoot: 0.02 } as const;

/** The file that holds the order in which `images` training images are visited. */
export function orderFile(images: number): string {
  return `order-${images}.bin`;
}
