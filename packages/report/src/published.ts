import type { Result } from "@gambeson/contract";
import { grouped } from "./format-number.ts";

/** One model's numbers as the reproduced report prints them. Shares are in [0, 1]. */
export interface PublishedModel {
  /** What the report's tables call it. */
  readonly label: string;
  readonly accuracy: number;
  readonly rho2: number;
  /** Accuracy under FGS, by multiple of the report's eps_ref. */
  readonly accuracyAt: Readonly<Record<number, number>>;
  /** AUC of classes 0 to 9 on the DeepFool images of the pre-trained model. */
  readonly auc: readonly number[];
}

/** Source: the tables of the report that this work reproduces. Context, not a target to hit. */
export const PUBLISHED = {
  epsilonReference: 0.028,
  models: {
    vanilla: {
      label: "Vanilla",
      accuracy: 0.8738,
      rho2: 3.92e-2,
      accuracyAt: { 0.2: 0.7957, 0.5: 0.6326, 1: 0.3453 },
      auc: [0.8534, 0.946, 0.9606, 0.9407, 0.9335, 0.9167, 0.8074, 0.9172, 0.9323, 0.9391],
    },
    "fine-tuned": {
      label: "Adversarial Training",
      accuracy: 0.8813,
      rho2: 4.36e-2,
      accuracyAt: { 0.2: 0.815, 0.5: 0.6831, 1: 0.4297 },
      auc: [0.9884, 0.9995, 0.9822, 0.9941, 0.9839, 0.9994, 0.9605, 0.9986, 0.9989, 0.9988],
    },
    "deep-defense": {
      label: "Deep Defense",
      accuracy: 0.8799,
      rho2: 5.54e-2,
      accuracyAt: { 0.2: 0.8274, 0.5: 0.7181, 1: 0.5088 },
      auc: [0.9878, 0.9995, 0.9817, 0.9939, 0.9843, 0.9993, 0.9587, 0.9984, 0.9989, 0.9987],
    },
  },
} as const satisfies { epsilonReference: number; models: Record<string, PublishedModel> };

/**
 * The published numbers that stand beside this result's, by model id: on the real Fashion-MNIST only, and only for the
 * first regime of each published kind (Deep Defense as the report had it: on DeepFool images).
 */
export function publishedBeside({ config, dataset }: Result): ReadonlyMap<string, PublishedModel> {
  const beside = new Map<string, PublishedModel>();
  if (dataset.synthetic || dataset.name !== "fashion-mnist") return beside;
  for (const { kind, id } of config.regimes.filter(
    (r) => r.kind !== "deep-defense" || r.images === "deepfool",
  )) {
    const published: PublishedModel = PUBLISHED.models[kind];
    if (![...beside.values()].includes(published)) beside.set(id, published);
  }
  return beside;
}

/** What rows of published numbers are called in tables that are saved: id and name. */
export function publishedTitle(id: string, { label }: PublishedModel): readonly [id: string, label: string] {
  return [`published:${id}`, `published: ${label}`];
}

/** What must be known to compare the published numbers with this result's; null where none stand beside. */
export function publishedNote(result: Result): string | null {
  if (publishedBeside(result).size === 0) return null;
  const differences = protocolDifferences(result);
  const protocol =
    differences.length === 0 ? "" : ` This run's protocol is not the report's: ${differences.join("; ")}.`;
  return `Published: the numbers of the report that this experiment reproduces, as context. The report's code held Deep Defense's perturbation constant, which leaves the regulariser without a gradient; and its accuracies stand at multiples of its own ε_ref, so those columns do not compare like with like.${protocol}`;
}

/** Where this run's protocol departs from the report's, so that the numbers beside each other are not alike. */
export function protocolDifferences({ config, dataset }: Result): readonly string[] {
  const { model, pretraining } = config;
  const differences: string[] = [];
  if (dataset.train.count !== 60_000)
    differences.push(`${grouped(dataset.train.count)} training images, not 60,000`);
  if (dataset.test.count !== 10_000)
    differences.push(`${grouped(dataset.test.count)} test images, not 10,000`);
  if (model.hidden.join("-") !== "100") differences.push(`hidden layers ${model.hidden.join("-")}, not 100`);
  if (pretraining.epochs !== 10) differences.push(`${pretraining.epochs} epochs of pre-training, not 10`);
  for (const { label, epochs } of config.regimes) {
    if (epochs !== 5) differences.push(`${epochs} epochs of ${label}, not 5`);
  }
  return differences;
}
