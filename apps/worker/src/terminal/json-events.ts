import { join } from "node:path";
import type { Environment, ExperimentConfig, Result } from "@gambeson/contract";
import type { Dataset } from "@gambeson/datasets";

/** The first line of `--json`: what runs, on what, with what, and where it will be. */
export function startedEvent(
  { seeds }: ExperimentConfig,
  { name, synthetic, warning }: Dataset,
  { backend }: Environment,
  out: string,
): object {
  const { variant, threads, fallback } = backend;
  return {
    kind: "run-started",
    dataset: { name, synthetic },
    warning,
    backend: { variant, fallback },
    threads,
    seeds,
    out,
  };
}

/** The last line of `--json`: what the table says, and where the rest is. */
export function finishedEvent(result: Result, out: string): object {
  const { name, synthetic, warning } = result.dataset;
  return {
    kind: "run-finished",
    out,
    result: join(out, "result.json"),
    dataset: { name, synthetic, warning },
    seeds: result.seeds.map(({ seed, epsilonReference, models }) => ({
      seed,
      epsilonReference,
      models: models.map(({ id, label, accuracy, robustness, accuracyAt }) => ({
        id,
        label,
        accuracy,
        rho2: robustness.rho2,
        accuracyAt,
      })),
    })),
  };
}
