import type { Run } from "@gambeson/contract";
import { modelsOf } from "@gambeson/experiment/plan";
import { Refusal } from "../state/refusal.ts";

/** One model of a run, whose images are asked for. */
export interface ModelOfRun {
  readonly run: Run;
  readonly seed: number;
  readonly model: string;
}

/** Every model of a run, seed by seed, in the order of tables. */
export function modelsOfRun(run: Run): ModelOfRun[] {
  return run.config.seeds.flatMap((seed) => modelsOf(run.config).map(({ id }) => ({ run, seed, model: id })));
}

/**
 * The model that a query names; the run's first where it names none.
 *
 * @throws {Refusal} NOT_FOUND if the run has no such seed or model.
 */
export function chooseModel(
  run: Run,
  wanted: { readonly seed?: number | undefined; readonly model?: string | undefined },
): ModelOfRun {
  const all = modelsOfRun(run);
  const chosen = all.find(
    ({ seed, model }) => seed === (wanted.seed ?? all[0]?.seed) && model === (wanted.model ?? all[0]?.model),
  );
  if (chosen !== undefined) return chosen;
  throw new Refusal(
    "NOT_FOUND",
    `Cannot find the model as it must be one of the run's, of one of its seeds: current value is ${wanted.model ?? "the first"}, seed ${wanted.seed ?? "of the first"}`,
  );
}
