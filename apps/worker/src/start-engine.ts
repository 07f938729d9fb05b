import type { Environment } from "@gambeson/contract";
import { kernelEngine, tensorEngine, type Engine, type KernelCoverage } from "@gambeson/experiment";
import { startKernels, type Kernels } from "@gambeson/kernels";
import type { KernelChoice } from "./commands/kernel-choice.ts";
import { startEnvironment } from "./environment.ts";
import { MOST_THREADS } from "./commands/read-number.ts";

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
  /** How much of what is to come our kernels compute: where it is all, TensorFlow.js needs no threads of its own. */
  readonly coverage: KernelCoverage;
}

/**
 * Starts TensorFlow.js, and our kernels where they have something to do. Where they cannot run, TensorFlow.js does the work, and
 * the environment says why.
 */
export async function startEngine({
  kernels,
  threads,
  code,
  coverage,
}: EngineOptions): Promise<StartedEngine> {
  const wanted = threads ?? Math.min(navigator.hardwareConcurrency, MOST_THREADS);
  const isWanted = kernels === "gambeson" && coverage !== "none";
  const started = isWanted ? await tryKernels(wanted) : null;
  if (started === null || typeof started === "string") {
    const environment = await startEnvironment(threads, code);
    return {
      engine: tensorEngine,
      environment: withBackend(environment, { fallback: joined(environment.backend.fallback, started) }),
      stop: () => Promise.resolve(),
    };
  }
  try {
    const environment = await startEnvironment(coverage === "all" ? 1 : threads, code);
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
  } catch (error) {
    await started.stop();
    throw error;
  }
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
