import type { Environment } from "@gambeson/contract";
import { kernelEngine, tensorEngine, type Engine } from "@gambeson/experiment";
import { startKernels, type Kernels } from "@gambeson/kernels";
import { startEnvironment } from "./environment.ts";
import { MOST_THREADS } from "./read-number.ts";

/** Whose kernels: ours, or TensorFlow.js' alone. */
export const KERNEL_CHOICES = ["gambeson", "tfjs"] as const;
export type KernelChoice = (typeof KERNEL_CHOICES)[number];

export interface StartedEngine {
  readonly engine: Engine;
  /** What the numbers are made by, kernels and their threads named. */
  readonly environment: Environment;
  stop(): Promise<void>;
}

export interface EngineOptions {
  readonly kernels: KernelChoice;
  /** As the user wants it; undefined for all cores. */
  readonly threads: number | undefined;
  /** The hash of the sources. */
  readonly code: string;
  /** Hidden layers of the models to come: with one, our kernels do the work, and TensorFlow.js needs no threads of its own. */
  readonly hiddenLayers: number;
}

/** Starts TensorFlow.js and our kernels. Where these cannot run, TensorFlow.js does the work, and the environment says why. */
export async function startEngine({
  kernels,
  threads,
  code,
  hiddenLayers,
}: EngineOptions): Promise<StartedEngine> {
  const wanted = threads ?? Math.min(navigator.hardwareConcurrency, MOST_THREADS);
  const started = kernels === "tfjs" ? null : await tryKernels(wanted);
  if (started === null || typeof started === "string") {
    const environment = await startEnvironment(threads, code);
    return {
      engine: tensorEngine,
      environment: withBackend(environment, { fallback: joined(environment.backend.fallback, started) }),
      stop: () => Promise.resolve(),
    };
  }
  const environment = await startEnvironment(hiddenLayers === 1 ? 1 : threads, code);
  const engine = kernelEngine(started);
  return {
    engine,
    environment: withBackend(environment, {
      kernels: engine.kernels,
      threads: Math.max(started.threads, environment.backend.threads),
      fallback: joined(environment.backend.fallback, started.fallback),
    }),
    stop: started.stop,
  };
}

/** @returns Why they do not run, if they do not. */
async function tryKernels(threads: number): Promise<Kernels | string> {
  try {
    return await startKernels({ threads });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function withBackend(environment: Environment, changes: Partial<Environment["backend"]>): Environment {
  return { ...environment, backend: { ...environment.backend, ...changes } };
}

function joined(...reasons: readonly (string | null)[]): string | null {
  const known = reasons.filter((reason) => reason !== null);
  return known.length === 0 ? null : known.join("; ");
}
