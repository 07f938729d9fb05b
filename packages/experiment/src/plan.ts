import type { ExperimentConfig, Regime } from "@gambeson/contract";
import type { OutputOf, Task, TrainTask } from "./task.ts";

/** Milliseconds an image on two cores, for the progress bar's sense of proportion. */
const COST = { step: 0.06, deepDefenseStep: 0.25, deepFool: 0.1, sweepPoint: 0.002 };

/** Images in each split, which the plan's costs depend on. */
export interface SplitSizes {
  readonly train: number;
  readonly test: number;
}

/**
 * The tasks of an experiment, each after those it takes its inputs from: for every seed
 * pretrain -> craft -> train (each regime) -> evaluate, epsilon-reference, sweep (each model).
 */
export function plan(config: ExperimentConfig, sizes: SplitSizes): Task[] {
  return config.seeds.flatMap((seed) => planSeed(config, sizes, seed));
}

/** The models of an experiment, in the order of tables: the pre-trained one, then the regimes'. */
export function modelsOf(config: ExperimentConfig): { readonly id: string; readonly label: string }[] {
  return [
    { id: "pretrained", label: "Pre-trained" },
    ...config.regimes.map(({ id, label }) => ({ id, label })),
  ];
}

/** The id of the task that gives a model's weights. */
export function trainingTaskId(seed: number, model: string): string {
  return model === "pretrained" ? `seed-${seed}/pretrain` : `seed-${seed}/${model}/train`;
}

function planSeed(config: ExperimentConfig, sizes: SplitSizes, seed: number): Task[] {
  const { model, adam, pretraining, crafting, regimes, evaluation } = config;
  const ofSeed = config.seeds.length > 1 ? ` (seed ${seed})` : "";
  const weightsOf = (id: string): OutputOf => ({ task: trainingTaskId(seed, id), output: "weights" });
  const craft = (split: "train" | "test", what: string): Task => ({
    kind: "craft",
    id: `seed-${seed}/craft-${split}`,
    title: `Making DeepFool images of the ${what} set${ofSeed}`,
    seed,
    options: { split, deepFool: split === "train" ? crafting.deepFool : evaluation.deepFool },
    inputs: { weights: weightsOf("pretrained") },
    cost: sizes[split] * COST.deepFool,
  });
  const reference = modelsOf(config).find(({ id }) => id === evaluation.epsilonReference.model);
  return [
    {
      kind: "pretrain",
      id: trainingTaskId(seed, "pretrained"),
      title: `Pre-training${ofSeed}`,
      seed,
      options: { model, adam, pretraining, seed },
      inputs: {},
      cost: pretraining.epochs * sizes.train * COST.step,
    },
    ...(regimes.some(needsCrafted) ? [craft("train", "training")] : []),
    craft("test", "test"),
    ...regimes.map((regime) => trainTask(regime, { adam, seed, ofSeed, count: sizes.train })),
    ...modelsOf(config).map(({ id, label }): Task => {
      const { deepFool, fgs, samples } = evaluation;
      return {
        kind: "evaluate",
        id: `seed-${seed}/${id}/evaluate`,
        title: `Attacking ${label} with DeepFool${ofSeed}`,
        seed,
        options: { deepFool, fgs, samples },
        inputs: {
          weights: weightsOf(id),
          transferred: { task: `seed-${seed}/craft-test`, output: "images" },
        },
        cost: sizes.test * COST.deepFool,
      };
    }),
    {
      kind: "epsilon-reference",
      id: `seed-${seed}/epsilon-reference`,
      title: `Finding eps_ref on ${reference?.label ?? ""}${ofSeed}`,
      seed,
      options: { fgs: evaluation.fgs, epsilonReference: evaluation.epsilonReference },
      inputs: { weights: weightsOf(evaluation.epsilonReference.model) },
      cost: sizes.test * 30 * COST.sweepPoint,
    },
    ...modelsOf(config).map(({ id, label }): Task => {
      const { fgs, accuracyAt, curve } = evaluation;
      return {
        kind: "sweep",
        id: `seed-${seed}/${id}/sweep`,
        title: `Attacking ${label} with FGS${ofSeed}`,
        seed,
        options: { fgs, accuracyAt, curve },
        inputs: {
          weights: weightsOf(id),
          epsilonReference: { task: `seed-${seed}/epsilon-reference`, output: "epsilonReference" },
        },
        cost: sizes.test * curve.points * COST.sweepPoint,
      };
    }),
  ];
}

function trainTask(
  regime: Regime,
  {
    adam,
    seed,
    ofSeed,
    count,
  }: { adam: ExperimentConfig["adam"]; seed: number; ofSeed: string; count: number },
): TrainTask {
  const pretrained = `seed-${seed}/pretrain`;
  const perImage = regime.kind === "deep-defense" ? COST.deepDefenseStep : COST.step;
  return {
    kind: "train",
    id: trainingTaskId(seed, regime.id),
    title: `Training ${regime.label}${ofSeed}`,
    seed,
    options: { regime, adam, seed },
    inputs: {
      weights: { task: pretrained, output: "weights" },
      adam: { task: pretrained, output: "adam" },
      ...(needsCrafted(regime) ? { crafted: { task: `seed-${seed}/craft-train`, output: "images" } } : {}),
    } as TrainTask["inputs"],
    cost: regime.epochs * count * perImage,
  };
}

function needsCrafted(regime: Regime): boolean {
  switch (regime.kind) {
    case "vanilla":
      return false;
    case "fine-tuned":
      return true;
    case "deep-defense":
      return regime.images === "deepfool";
    default:
      return regime satisfies never;
  }
}
