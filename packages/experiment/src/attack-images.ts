import {
  fgs,
  UNTARGETED,
  withDeepFool,
  type BudgetedAttackOptions,
  type DeepFoolOptions,
} from "@gambeson/attacks";
import { meanOrNull } from "@gambeson/metrics";
import { loadMlp, predictedClasses, type Classifier } from "@gambeson/models";
import { firstImages, type ImageSet } from "@gambeson/datasets";
import { tf, type Tensor2D } from "@gambeson/runtime";
import { forEachBatch, type Batch } from "@gambeson/training";
import { imageSourceOf } from "./image-source-of.ts";

/** An attack with its settings. */
export type ChosenAttack =
  | ({ readonly kind: "deepfool"; readonly target: number | null } & DeepFoolOptions)
  | ({ readonly kind: "fgs" } & BudgetedAttackOptions);

/** What an attack did to one image. */
export interface AttackedImage {
  /** Position in the set. */
  readonly index: number;
  readonly label: number;
  /** Predicted classes before and after. */
  readonly before: number;
  readonly after: number;
  /** Whether the attack reached its goal: another class than before (DeepFool), the target, or a wrong class (FGS). */
  readonly fooled: boolean;
  /** Steps taken. */
  readonly steps: number;
  /** |Dx|, Euclidean, and its largest coordinate; pixels run over [0, 1]. */
  readonly norm: number;
  readonly maxNorm: number;
  /** |Dx|/|x|; null for a blank image. */
  readonly rho: number | null;
  /** The class to reach; null for none. */
  readonly target: number | null;
}

export interface AttackReport {
  readonly images: readonly AttackedImage[];
  readonly summary: {
    readonly count: number;
    readonly correctBefore: number;
    readonly correctAfter: number;
    readonly fooled: number;
    /** Mean of |Dx|/|x| over all images; null when all are blank. */
    readonly rho2: number | null;
  };
}

/**
 * Attacks the first images of a set with a saved MLP.
 *
 * @param weights A safetensors file.
 * @throws {TypeError} If the model and the images do not fit each other.
 * @throws {RangeError} If an option, a label or a weight is out of range.
 * @throws {SyntaxError} If the weights are damaged.
 * @throws The signal's reason once it is aborted.
 */
export async function attackImages(
  weights: Uint8Array,
  images: ImageSet,
  attack: ChosenAttack,
  { first, signal, onProgress }: AttackImagesOptions,
): Promise<AttackReport> {
  const model = loadMlp(weights);
  try {
    const source = imageSourceOf(firstImages(images, first));
    checkFits(model, source.imageSize, source.labels);
    const attacked: AttackedImage[] = [];
    await forEachBatch(
      model,
      source,
      (batch, start) => {
        attacked.push(...attackBatch(model, batch, attack, start));
      },
      { signal, onProgress },
    );
    return { images: attacked, summary: summarise(attacked) };
  } finally {
    tf.dispose([...model.parameters]);
  }
}

export interface AttackImagesOptions {
  /** How many images; null for all. */
  readonly first: number | null;
  readonly signal: AbortSignal;
  /** Gets the share done, in [0, 1]. */
  onProgress(share: number): void;
}

function attackBatch(model: Classifier, batch: Batch, attack: ChosenAttack, start: number): AttackedImage[] {
  const { perturbations, ...found } =
    attack.kind === "deepfool" ? runDeepFool(model, batch, attack) : runFgs(model, batch, attack);
  const norms = tf.norm(perturbations, 2, 1).dataSync<"float32">();
  const maxNorms = tf.max(tf.abs(perturbations), 1).dataSync<"float32">();
  const lengths = tf.norm(batch.images, 2, 1).dataSync<"float32">();
  return Array.from(batch.labels, (label, image) => ({
    index: start + image,
    label,
    before: found.before[image]!,
    after: found.after[image]!,
    fooled: found.fooled[image] === 1,
    steps: found.steps[image]!,
    norm: norms[image]!,
    maxNorm: maxNorms[image]!,
    rho: lengths[image]! > 0 ? norms[image]! / lengths[image]! : null,
    target: attack.kind === "deepfool" ? attack.target : null,
  }));
}

interface Found {
  readonly perturbations: Tensor2D;
  readonly before: Int32Array;
  readonly after: Int32Array;
  readonly fooled: Uint8Array;
  readonly steps: Int32Array;
}

function runDeepFool(
  model: Classifier,
  { images, labels }: Batch,
  { target, ...options }: Extract<ChosenAttack, { kind: "deepfool" }>,
): Found {
  const targets = labels.map(() => target ?? UNTARGETED);
  return withDeepFool(model, images, targets, options, ({ perturbations, ...found }) => ({
    ...found,
    perturbations: perturbations(),
  }));
}

function runFgs(model: Classifier, { images, labels }: Batch, options: BudgetedAttackOptions): Found {
  const adversarial = fgs(model, images, labels, options);
  const after = predictedClasses(model, adversarial);
  return {
    perturbations: tf.sub(adversarial, images),
    before: predictedClasses(model, images),
    after,
    fooled: Uint8Array.from(after, (k, image) => Number(k !== labels[image])),
    steps: new Int32Array(labels.length).fill(1),
  };
}

function summarise(images: readonly AttackedImage[]): AttackReport["summary"] {
  const count = (holds: (image: AttackedImage) => boolean) => images.filter(holds).length;
  return {
    count: images.length,
    correctBefore: count(({ before, label }) => before === label),
    correctAfter: count(({ after, label }) => after === label),
    fooled: count(({ fooled }) => fooled),
    rho2: meanOrNull(images.flatMap(({ rho }) => rho ?? [])),
  };
}

function checkFits(model: Classifier, imageSize: number, labels: Uint8Array): void {
  if (model.inputSize !== imageSize) {
    throw new TypeError(
      `Cannot attack as the images must have the ${model.inputSize} pixels the weights take: current value is ${imageSize}`,
    );
  }
  const beyond = labels.find((label) => label >= model.classCount);
  if (beyond !== undefined) {
    throw new RangeError(
      `Cannot attack as every label must be one of the weights' ${model.classCount} classes: current value is ${beyond}`,
    );
  }
}
