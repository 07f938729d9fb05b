import type { DeepFoolSettings, ExperimentConfig, Regime } from "@gambeson/contract";

/** One output of an earlier task. */
export interface OutputOf {
  readonly task: string;
  readonly output: string;
}

interface TaskOf<Kind extends string, Options, Inputs extends string> {
  readonly kind: Kind;
  /** Unique in the plan: "seed-1/deep-defense/train". */
  readonly id: string;
  /** For people: "Training Deep Defense". */
  readonly title: string;
  readonly seed: number;
  /** All that decides the outcome besides the inputs, the data set, the code and the backend. */
  readonly options: Options;
  readonly inputs: Readonly<Record<Inputs, OutputOf>>;
  /** Rough share of the run's work, in milliseconds on two cores. */
  readonly cost: number;
}

/** Fresh weights, trained on benign images. Gives `weights`, `adam`, `epochs`. */
export type PretrainTask = TaskOf<
  "pretrain",
  Pick<ExperimentConfig, "model" | "adam" | "pretraining"> & { readonly seed: number },
  never
>;
/** DeepFool images of a split, made on the pre-trained model. Gives `images`. */
export type CraftTask = TaskOf<
  "craft",
  { readonly split: "train" | "test"; readonly deepFool: DeepFoolSettings },
  "weights"
>;
/** One regime, from the pre-trained weights. Gives `weights`, `epochs`. `crafted` is there where the regime needs it. */
export type TrainTask = TaskOf<
  "train",
  { readonly regime: Regime; readonly adam: ExperimentConfig["adam"]; readonly seed: number },
  "weights" | "adam" | "crafted"
>;
/** One model on benign, transferred and its own DeepFool test images. Gives `evaluation`. */
export type EvaluateTask = TaskOf<
  "evaluate",
  Pick<ExperimentConfig["evaluation"], "deepFool" | "fgs" | "samples">,
  "weights" | "transferred"
>;
/** eps_ref of one model. Gives `epsilonReference`. */
export type EpsilonReferenceTask = TaskOf<
  "epsilon-reference",
  Pick<ExperimentConfig["evaluation"], "fgs" | "epsilonReference">,
  "weights"
>;
/** One model under FGS at many epsilons. Gives `sweep`. */
export type SweepTask = TaskOf<
  "sweep",
  Pick<ExperimentConfig["evaluation"], "fgs" | "accuracyAt" | "curve">,
  "weights" | "epsilonReference"
>;

/**
 * A step of an experiment: a pure function of its options, its inputs and the data set, giving named byte strings. Inputs that
 * a task can do without are absent from `inputs`.
 */
export type Task = PretrainTask | CraftTask | TrainTask | EvaluateTask | EpsilonReferenceTask | SweepTask;
