import {
  RESULT_SCHEMA_VERSION,
  type Environment,
  type EpochMetrics,
  type ExperimentConfig,
  type ModelResult,
  type Result,
  type SampleRow,
  type SeedResult,
} from "@gambeson/contract";
import { summariseDataset, type Dataset } from "@gambeson/datasets";
import { fromJsonBytes } from "./json-bytes.ts";
import { modelsOf, trainingTaskId } from "./plan.ts";
import type { Evaluation } from "./tasks/evaluate.ts";
import type { ModelSamples } from "./tasks/sample.ts";
import type { Sweep } from "./tasks/sweep.ts";

export interface AssemblySources {
  readonly dataset: Dataset;
  readonly environment: Environment;
  /** The bytes a finished task gave under a name. */
  output(task: string, name: string): Promise<Uint8Array>;
}

/** Puts a result together from what its tasks gave: everything but the timings. */
export async function assembleResult(
  config: ExperimentConfig,
  { dataset, environment, output }: AssemblySources,
  hashOf: (task: string, name: string) => string,
): Promise<Omit<Result, "timings">> {
  const json = async (task: string, name: string) => fromJsonBytes(await output(task, name));
  const seeds: SeedResult[] = [];
  for (const seed of config.seeds) {
    const models: ModelResult[] = [];
    const rows: SampleRow[] = [];
    let samples: ModelSamples["samples"] = { indices: [], labels: [], original: "" };
    for (const { id, label } of modelsOf(config)) {
      const training = trainingTaskId(seed, id);
      const evaluation = (await json(`seed-${seed}/${id}/evaluate`, "evaluation")) as Evaluation;
      const sweep = (await json(`seed-${seed}/${id}/sweep`, "sweep")) as Sweep;
      models.push({
        id,
        label,
        weightsSha256: hashOf(training, "weights"),
        training: (await json(training, "epochs")) as EpochMetrics[],
        accuracy: evaluation.accuracy,
        confusion: evaluation.confusion,
        robustness: evaluation.robustness,
        accuracyAt: sweep.accuracyAt,
        curve: sweep.curve,
        roc: evaluation.roc,
        diagnostics: { ...evaluation.diagnostics, ...sweep.diagnostics },
      });
      const sampled = (await json(`seed-${seed}/${id}/sample`, "samples")) as ModelSamples;
      samples = sampled.samples;
      rows.push(...sampled.rows.map((row) => ({ model: id, ...row })));
    }
    seeds.push({
      seed,
      epsilonReference: (await json(`seed-${seed}/epsilon-reference`, "epsilonReference")) as number | null,
      models,
      samples: { ...samples, epsilon: config.evaluation.samples.epsilon, rows },
    });
  }
  return {
    schemaVersion: RESULT_SCHEMA_VERSION,
    config,
    dataset: summariseDataset(dataset),
    environment,
    seeds,
  };
}
