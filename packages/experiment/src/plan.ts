import type { DeepFoolSettings, ExperimentConfig, Regime } from "@gambeson/contract";
import type { OutputOf, Task } from "./task.ts";

/** Milliseconds an image on two cores, for the progress bar's sense of proportion. */
const COST = { step: 0.06, deepDefenseStep: 0.25, deepFool: 0.1, sweepPoint: 0.002 };

/** Images in each split, which the plan's costs depend on. */
export interface SplitSizes {
  readonly train: number;
  readonly test: number;
}

/**
 * The tasks of an experiment, each after those it takes its inputs from: for every seed
 * pretrain -> craft -> train (each regime) -> evaluate, sample (each model) -> epsilon-reference -> sweep (each model).
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
  const { model, adam, pretraining, regimes } = config;
  const place: Place = { seed, suffix: config.seeds.length > 1 ? ` (seed ${seed})` : "", sizes };
  return [
    {
      kind: "pretrain",
      id: trainingTaskId(seed, "pretrained"),
      title: `Pre-training${place.suffix}`,
      options: { model, adam, pretraining, seed },
      inputs: {},
      cost: pretraining.epochs * sizes.train * COST.step,
    },
    ...(regimes.some(needsCrafted) ? [craftTask("train", "training", config.crafting.deepFool, place)] : []),
    craftTask("test", "test", config.evaluation.deepFool, place),
    ...regimes.map((regime) => trainTask(regime, adam, place)),
    ...modelsOf(config).flatMap((each) => attackTasks(each, config.evaluation, place)),
    epsilonReferenceTask(config, place),
    ...modelsOf(config).map((each) => sweepTask(each, config.evaluation, place)),
  ];
}

/** Which seed a task belongs to, how its title says so, and how many images it meets. */
interface Place {
  readonly seed: number;
  readonly suffix: string;
  readonly sizes: SplitSizes;
}

type Model = ReturnType<typeof modelsOf>[number];

function weightsOf(seed: number, model: string): OutputOf {
  return { task: trainingTaskId(seed, model), output: "weights" };
}

function craftTask(
  split: "train" | "test",
  what: string,
  deepFool: DeepFoolSettings,
  { seed, suffix, sizes }: Place,
): Task {
  return {
    kind: "craft",
    id: `seed-${seed}/craft-${split}`,
    title: `Making DeepFool images of the ${what} set${suffix}`,
    options: { split, deepFool },
    inputs: { weights: weightsOf(seed, "pretrained") },
    cost: sizes[split] * COST.deepFool,
  };
}

function trainTask(regime: Regime, adam: ExperimentConfig["adam"], { seed, suffix, sizes }: Place): Task {
  const { id, label, ...settings } = regime;
  const perImage = regime.kind === "deep-defense" ? COST.deepDefenseStep : COST.step;
  return {
    kind: "train",
    id: trainingTaskId(seed, id),
    title: `Training ${label}${suffix}`,
    options: { regime: settings, adam, seed },
    inputs: {
      weights: weightsOf(seed, "pretrained"),
      ...(regime.kind === "vanilla"
        ? { adam: { task: trainingTaskId(seed, "pretrained"), output: "adam" } }
        : {}),
      ...(needsCrafted(regime) ? { crafted: { task: `seed-${seed}/craft-train`, output: "images" } } : {}),
    },
    cost: regime.epochs * sizes.train * perImage,
  };
}

function attackTasks(
  { id, label }: Model,
  { deepFool, fgs, samples }: ExperimentConfig["evaluation"],
  { seed, suffix, sizes }: Place,
): Task[] {
  const weights = weightsOf(seed, id);
  return [
    {
      kind: "evaluate",
      id: `seed-${seed}/${id}/evaluate`,
      title: `Attacking ${label} with DeepFool${suffix}`,
      options: { deepFool },
      inputs: { weights, transferred: { task: `seed-${seed}/craft-test`, output: "images" } },
      cost: sizes.test * COST.deepFool,
    },
    {
      kind: "sample",
      id: `seed-${seed}/${id}/sample`,
      title: `Taking sample images of ${label}${suffix}`,
      options: { deepFool, fgs, samples },
      inputs: { weights },
      cost: samples.count * COST.deepFool,
    },
  ];
}

function epsilonReferenceTask(config: ExperimentConfig, { seed, suffix, sizes }: Place): Task {
  const { fgs, epsilonReference } = config.evaluation;
  const { model, ...settings } = epsilonReference;
  const label = modelsOf(config).find(({ id }) => id === model)?.label ?? model;
  return {
    kind: "epsilon-reference",
    id: `seed-${seed}/epsilon-reference`,
    title: `Finding eps_ref on ${label}${suffix}`,
    options: { fgs, epsilonReference: settings },
    inputs: { weights: weightsOf(seed, model) },
    cost: sizes.test * 30 * COST.sweepPoint,
  };
}

function sweepTask(
  { id, label }: Model,
  { fgs, accuracyAt, curve, samples }: ExperimentConfig["evaluation"],
  { seed, suffix, sizes }: Place,
): Task {
  return {
    kind: "sweep",
    id: `seed-${seed}/${id}/sweep`,
    title: `Attacking ${label} with FGS${suffix}`,
    options: { fgs, accuracyAt, curve, imagesEpsilon: samples.epsilon },
    inputs: {
      weights: weightsOf(seed, id),
      epsilonReference: { task: `seed-${seed}/epsilon-reference`, output: "epsilonReference" },
    },
    cost: sizes.test * curve.points * COST.sweepPoint,
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
