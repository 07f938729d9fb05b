import type { Environment } from "@gambeson/contract";
import { kernelEngine, tensorEngine, type Engine } from "@gambeson/experiment";
import { startKernels } from "@gambeson/kernels";

/** Whose kernels: ours, or TensorFlow.js' alone. */
export const KERNEL_CHOICES = ["gambeson", "tfjs"] as const;
export type KernelChoice = (typeof KERNEL_CHOICES)[number];

export interface StartedEngine {
  readonly engine: Engine;
  /** The environment it was started in, with the kernels named. */
  readonly environment: Environment;
  stop(): Promise<void>;
}

/** Starts our kernels on as many threads as the backend has. Where they cannot run, TensorFlow.js' do, and the environment says why. */
export async function startEngine(environment: Environment, choice: KernelChoice): Promise<StartedEngine> {
  const { backend } = environment;
  if (choice === "tfjs") return { engine: tensorEngine, environment, stop: () => Promise.resolve() };
  try {
    const kernels = await startKernels({ threads: backend.threads });
    const engine = kernelEngine(kernels);
    const fallback = joined(backend.fallback, kernels.fallback);
    return {
      engine,
      environment: { ...environment, backend: { ...backend, kernels: engine.kernels, fallback } },
      stop: kernels.stop,
    };
  } catch (error) {
    const fallback = joined(backend.fallback, error instanceof Error ? error.message : String(error));
    return {
      engine: tensorEngine,
      environment: { ...environment, backend: { ...backend, fallback } },
      stop: () => Promise.resolve(),
    };
  }
}

function joined(...reasons: readonly (string | null)[]): string | null {
  const known = reasons.filter((reason) => reason !== null);
  return known.length === 0 ? null : known.join("; ");
}
