import type {
  DeepDefenseRegime,
  DeepFoolSettings,
  ExperimentConfig,
  FineTunedRegime,
  VanillaRegime,
} from "@gambeson/contract";

/** One output of an earlier task. */
export interface OutputOf {
  readonly task: string;
  readonly output: string;
}

interface TaskOf<Kind extends string, Options, Inputs> {
  readonly kind: Kind;
  /** Unique in the plan: "seed-1/deep-defense/train". */
  readonly id: string;
  /** For people: "Training Deep Defense". */
  readonly title: string;
  /** All that decides the outcome besides the inputs, the data set, the code and the backend; no names. */
  readonly options: Options;
  readonly inputs: Inputs;
  /** Rough share of the run's work, in milliseconds on two cores. */
  readonly cost: number;
}

type Evaluation = ExperimentConfig["evaluation"];

/** Fresh weights, trained on benign images. Gives `weights`, `adam`, `epochs`. */
export type PretrainTask = TaskOf<
  "pretrain",
  Pick<ExperimentConfig, "model" | "adam" | "pretraining"> & { readonly seed: number },
  Readonly<Record<string, never>>
>;

/** DeepFool images of a split, made on the pre-trained model. Gives `images`. */
export type CraftTask = TaskOf<
  "craft",
  { readonly split: "train" | "test"; readonly deepFool: DeepFoolSettings },
  { readonly weights: OutputOf }
>;

/** A regime without what it is called. */
export type RegimeSettings =
  | Omit<VanillaRegime, "id" | "label">
  | Omit<FineTunedRegime, "id" | "label">
  | Omit<DeepDefenseRegime, "id" | "label">;

/** One regime, from the pre-trained weights: Vanilla also from their optimiser, others on crafted images. Gives `weights`, `epochs`. */
export type TrainTask = TaskOf<
  "train",
  { readonly regime: RegimeSettings; readonly adam: ExperimentConfig["adam"]; readonly seed: number },
  { readonly weights: OutputOf; readonly adam?: OutputOf; readonly crafted?: OutputOf }
>;

/** One model on benign, transferred and its own DeepFool test images. Gives `evaluation`, `images` (a row each) and `deepfool`. */
export type EvaluateTask = TaskOf<
  "evaluate",
  Pick<Evaluation, "deepFool">,
  { readonly weights: OutputOf; readonly transferred: OutputOf }
>;

/** Some test images under both attacks, as one model sees them. Gives `samples`. */
export type SampleTask = TaskOf<
  "sample",
  Pick<Evaluation, "deepFool" | "fgs" | "samples">,
  { readonly weights: OutputOf }
>;

/** eps_ref of one model. Gives `epsilonReference`. */
export type EpsilonReferenceTask = TaskOf<
  "epsilon-reference",
  Pick<Evaluation, "fgs"> & { readonly epsilonReference: Omit<Evaluation["epsilonReference"], "model"> },
  { readonly weights: OutputOf }
>;

/** One model under FGS at many epsilons, and image by image at one. Gives `sweep` and `fgs`. */
export type SweepTask = TaskOf<
  "sweep",
  Pick<Evaluation, "fgs" | "accuracyAt" | "curve"> & { readonly imagesEpsilon: number },
  { readonly weights: OutputOf; readonly epsilonReference: OutputOf }
>;

/** A step of an experiment: a pure function of its options, its inputs and the data set, giving named byte strings. */
export type Task =
  PretrainTask | CraftTask | TrainTask | EvaluateTask | SampleTask | EpsilonReferenceTask | SweepTask;
