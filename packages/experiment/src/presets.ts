import type { ExperimentConfigInput } from "@gambeson/contract";

/** A ready-made experiment. */
export interface Preset {
  readonly title: string;
  readonly description: string;
  readonly config: ExperimentConfigInput;
}

/** The report's protocol with a fourth row; every setting that is not here is a default of the config, which are the report's. */
const REPORT: ExperimentConfigInput = {
  name: "report",
  title: "Vanilla, Fine-tuned and Deep Defense",
  dataset: { name: "auto" },
  regimes: [
    { kind: "vanilla" },
    { kind: "fine-tuned" },
    { kind: "deep-defense" },
    {
      kind: "deep-defense",
      id: "deep-defense-benign",
      label: "Deep Defense, benign images",
      images: "benign",
    },
  ],
};

export const PRESETS: Readonly<Record<string, Preset>> = {
  report: {
    title: "The report's table and figures",
    description:
      "MLP 784-100-10 on Fashion-MNIST: pre-training, Vanilla, Fine-tuned on DeepFool images, Deep Defense on DeepFool images, and Deep Defense on benign images.",
    config: REPORT,
  },
  "paper-mlp-mnist": {
    title: "The NeurIPS paper's MLP on MNIST",
    description:
      "MLP 784-500-150-10 on MNIST after Yan, Guo and Zhang 2018: Vanilla, Fine-tuned, and Deep Defense on benign images with the paper's lambda 15, c 25, d 5.",
    config: {
      name: "paper-mlp-mnist",
      title: "MLP 784-500-150-10 by the NeurIPS protocol",
      dataset: { name: "mnist" },
      model: { hidden: [500, 150] },
      pretraining: { epochs: 10, batchSize: 100 },
      regimes: [
        { kind: "vanilla", batchSize: 100 },
        { kind: "fine-tuned", batchSize: 100 },
        { kind: "deep-defense", images: "benign" },
      ],
      evaluation: { deepFool: { maxSteps: 50 } },
    },
  },
  quick: {
    title: "The report's whole path in under a minute",
    description:
      "As `report`, on the first 6,000 training and 1,000 test images with fewer epochs: every table and figure, smaller numbers.",
    config: {
      ...REPORT,
      name: "quick",
      title: "The report's path on a small share of the data",
      dataset: { name: "auto", train: 6000, test: 1000 },
      pretraining: { epochs: 5 },
      regimes: [
        { kind: "vanilla", epochs: 2 },
        { kind: "fine-tuned", epochs: 2 },
        { kind: "deep-defense", epochs: 2 },
        {
          kind: "deep-defense",
          id: "deep-defense-benign",
          label: "Deep Defense, benign images",
          images: "benign",
          epochs: 2,
        },
      ],
    },
  },
};
