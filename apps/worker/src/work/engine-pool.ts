import type { Environment } from "@gambeson/contract";
import type { ExperimentConfig } from "@gambeson/contract";
import { kernelCoverage, type Engine, type KernelCoverage } from "@gambeson/experiment";
import { stopBackend } from "@gambeson/runtime";
import { startEngine, type EngineOptions, type StartedEngine } from "../start-engine.ts";

/** The engine that a config needs; one at a time, kept from task to task. */
export interface EnginePool {
  for(config: ExperimentConfig): Promise<{ readonly engine: Engine; readonly environment: Environment }>;
  close(): Promise<void>;
}

export function createEnginePool(options: Omit<EngineOptions, "coverage">): EnginePool {
  let current: { readonly coverage: KernelCoverage; readonly started: StartedEngine } | null = null;

  async function stop(): Promise<void> {
    const before = current;
    current = null;
    if (before === null) return;
    await before.started.stop();
    await stopBackend();
  }

  return {
    for: async (config) => {
      const coverage = kernelCoverage(config);
      if (current?.coverage !== coverage) {
        await stop();
        current = { coverage, started: await startEngine({ ...options, coverage }) };
      }
      return current.started;
    },
    close: stop,
  };
}
