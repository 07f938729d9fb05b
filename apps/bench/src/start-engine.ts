import { kernelEngine, tensorEngine, type Engine } from "@gambeson/experiment";
import { startKernels } from "@gambeson/kernels";
import { startBackend, stopBackend, type BackendOptions } from "@gambeson/runtime";

/** Who computes for us: the kernels, or TensorFlow.js through the reference path. */
export const ENGINES = ["kernels", "tfjs"] as const;
export type EngineName = (typeof ENGINES)[number];

export interface RunningEngine {
  readonly engine: Engine;
  /** What computes, for the table. */
  readonly versions: Readonly<Record<string, string>>;
  readonly threads: number;
  stop(): Promise<void>;
}

/** As many as the command line uses. */
export const MOST_THREADS = 8;

/**
 * Starts an engine.
 *
 * @param threads At least 1; `MOST_THREADS` at most are used.
 * @param browserFiles Where a page serves the backend's files.
 */
export async function startEngine(
  name: EngineName,
  threads: number,
  browserFiles: Pick<BackendOptions, "browserFiles"> = {},
): Promise<RunningEngine> {
  // Models are TensorFlow.js' tensors in both; beside the kernels it computes next to nothing.
  const backend = await startBackend({
    threads: name === "kernels" ? 1 : Math.min(threads, MOST_THREADS),
    ...browserFiles,
  });
  const versions = { "tensorflow.js": backend.tensorflow };
  if (name === "tfjs") {
    if (backend.fallback !== null) console.error(backend.fallback);
    return {
      engine: tensorEngine,
      versions: { ...versions, build: backend.variant },
      threads: backend.threads,
      stop: stopBackend,
    };
  }
  const kernels = await startKernels({ threads: Math.min(threads, MOST_THREADS) });
  if (kernels.fallback !== null) console.error(kernels.fallback);
  return {
    engine: kernelEngine(kernels),
    versions: { ...versions, kernels: kernels.variant },
    threads: kernels.threads,
    stop: async () => {
      await kernels.stop();
      await stopBackend();
    },
  };
}
