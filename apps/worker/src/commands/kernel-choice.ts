/** Whose kernels: ours, or TensorFlow.js' alone. */
export const KERNEL_CHOICES = ["gambeson", "tfjs"] as const;
export type KernelChoice = (typeof KERNEL_CHOICES)[number];
