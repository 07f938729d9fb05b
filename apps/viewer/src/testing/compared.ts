import type { ModelResult, Result } from "@gambeson/contract";
import { exampleResult } from "@gambeson/report/testing/example-result";
import { comparedRuns, type ComparedRun } from "../view-models/compared-runs.ts";

/** What a test says of a model. */
export interface Told {
  readonly id: string;
  /** Of 100 test images. */
  readonly correct: number;
  readonly rho2: number;
  /** Correct of 100 under FGS at epsilons 0, 0.1, 0.2. */
  readonly curve?: readonly number[];
  /** Of class 0, on transferred images. */
  readonly auc?: number;
}

/** Runs A, B, ... with models as told and one class; the first is the baseline. Classes' curves go straight up and then right. */
export function compared(...runs: readonly (readonly Told[])[]): readonly ComparedRun[] {
  const named = runs.map((models, i) => {
    const label = String.fromCharCode(65 + i);
    return { id: label.toLowerCase(), label, result: resultOf(models, 0.05 * (i + 1)) };
  });
  return comparedRuns(named, "a");
}

function resultOf(models: readonly Told[], epsilonReference: number): Result {
  const example = exampleResult();
  const seed = example.seeds[0]!;
  return {
    ...example,
    dataset: { ...example.dataset, classNames: ["Shirt"] },
    seeds: [{ ...seed, epsilonReference, models: models.map((told) => modelOf(seed.models[0]!, told)) }],
  };
}

function modelOf(like: ModelResult, { id, correct, rho2, curve = [100, 50, 0], auc = 1 }: Told): ModelResult {
  const roc = [
    {
      ...{ class: 0, auc, positives: 2, negatives: 4 },
      ...{ falsePositives: [0, 0, 4], truePositives: [0, 2, 2] },
    },
  ];
  return {
    ...like,
    ...{ id, label: `The ${id}`, accuracy: { count: correct, of: 100 } },
    robustness: { ...like.robustness, rho2 },
    curve: { epsilons: [0, 0.1, 0.2], correct: [...curve], of: 100 },
    roc: { benign: roc, transferred: roc, own: roc },
  };
}
