import { parseExperimentConfig, type ExperimentConfig, type ExperimentConfigInput } from "@gambeson/contract";
import { drawSyntheticGarments, type Dataset } from "@gambeson/datasets";
import { startBackend } from "@gambeson/runtime";
import type { RunEvent } from "../run-event.ts";
import { runExperiment, type RunHost } from "../run-experiment.ts";
import { tensorEngine } from "../tensor-engine.ts";
import { memoryStore } from "./memory-store.ts";

/** Every kind of regime on a few drawn images: the whole path in a second or two. */
export const SMALL: ExperimentConfigInput = {
  name: "small",
  dataset: { name: "synthetic" },
  model: { hidden: [16] },
  pretraining: { epochs: 3, learningRate: 0.003 },
  regimes: [
    { kind: "vanilla", epochs: 1 },
    { kind: "fine-tuned", epochs: 1 },
    { kind: "deep-defense", epochs: 2 },
    { kind: "deep-defense", id: "benign", label: "Benign", images: "benign", epochs: 1 },
    { kind: "deep-defense", id: "frozen", label: "Frozen", perturbation: "frozen", epochs: 1 },
  ],
  evaluation: { curve: { points: 50 } },
};

export function smallConfig(changes: ExperimentConfigInput = {}): ExperimentConfig {
  return parseExperimentConfig({ ...SMALL, ...changes });
}

/** 600 training and 200 test images. */
export async function smallDataset(): Promise<Dataset> {
  return await drawSyntheticGarments({ seed: 1, train: 600, test: 200 });
}

/** Runs a config with a clock that ticks a second a look. @returns What the run gave and the events it told. */
export async function smallRun(
  config: ExperimentConfig,
  host: Partial<RunHost> & Pick<RunHost, "dataset">,
): Promise<Awaited<ReturnType<typeof runExperiment>> & { events: RunEvent[] }> {
  const events: RunEvent[] = [];
  let seconds = 0;
  const run = await runExperiment(config, {
    store: memoryStore(),
    environment: {
      version: "0.0.0",
      code: "test",
      runtime: "test",
      platform: "test",
      backend: await startBackend({ threads: 1 }),
    },
    engine: tensorEngine,
    clock: () => seconds++ * 1000,
    signal: new AbortController().signal,
    ...host,
    onEvent: (event) => {
      events.push(event);
      host.onEvent?.(event);
    },
  });
  return { ...run, events };
}
