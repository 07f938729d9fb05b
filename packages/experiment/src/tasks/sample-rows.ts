import type { SampleRow, Samples } from "@gambeson/contract";
import { deepFool, fgs, UNTARGETED, type DeepFoolOptions } from "@gambeson/attacks";
import { predictedClasses, type Classifier } from "@gambeson/models";
import { scoped, tf, type Tensor2D } from "@gambeson/runtime";
import { readBatch, type ImageSource } from "@gambeson/training";

/** A model's part of the image comparison. */
export interface SampledModel {
  readonly samples: Pick<Samples, "indices" | "labels" | "original">;
  readonly rows: Omit<SampleRow, "model">[];
}

export interface SampleOptions {
  readonly deepFool: DeepFoolOptions;
  readonly fgs: { readonly clip: boolean };
  readonly samples: { readonly count: number; readonly epsilon: number };
  readonly classCount: number;
}

/** Some test images under DeepFool and under FGS, as one model sees them. */
export function sampleRows(model: Classifier, source: ImageSource, options: SampleOptions): SampledModel {
  const indices = sampleIndices(source.labels, options.classCount, options.samples.count);
  return scoped(() => {
    const { images, labels } = readBatch(source, Uint32Array.from(indices));
    const before = [...predictedClasses(model, images)];
    const outcome = deepFool(
      model,
      images,
      labels.map(() => UNTARGETED),
      options.deepFool,
    );
    const deepFooled: Tensor2D = tf.add(images, outcome.perturbations());
    outcome.dispose();
    const signed = fgs(model, images, labels, { epsilon: options.samples.epsilon, clip: options.fgs.clip });
    return {
      samples: { indices, labels: [...labels], original: eightBitView(images) },
      rows: [
        { attack: "deepfool" as const, before, ...seenBy(model, images, deepFooled) },
        { attack: "fgs" as const, before, ...seenBy(model, images, signed) },
      ],
    };
  });
}

/** Positions of test images that show every class: the first of each class in turn, then the second of each, and so on. */
export function sampleIndices(labels: Uint8Array, classCount: number, count: number): number[] {
  const ofClass = Array.from({ length: classCount }, (): number[] => []);
  labels.forEach((label, index) => ofClass[label]!.push(index));
  const chosen: number[] = [];
  for (let round = 0; chosen.length < Math.min(count, labels.length); round++) {
    for (const positions of ofClass) if (positions[round] !== undefined) chosen.push(positions[round]!);
  }
  return chosen.slice(0, count);
}

function seenBy(model: Classifier, images: Tensor2D, adversarial: Tensor2D) {
  const probabilities = tf.softmax(model.logits(adversarial));
  const ratio = tf.divNoNan(tf.norm(tf.sub(adversarial, images), 2, 1), tf.norm(images, 2, 1));
  return {
    predicted: [...predictedClasses(model, adversarial)],
    probability: [...tf.max(probabilities, 1).dataSync<"float32">()].map((value) => Math.min(value, 1)),
    rho: [...ratio.dataSync<"float32">()],
    pixels: eightBitView(adversarial),
  };
}

/** Clamped to [0, 1] and rounded to 0..255, images one after another, base64. */
function eightBitView(images: Tensor2D): string {
  const values = tf.round(tf.mul(tf.clipByValue(images, 0, 1), 255)).dataSync<"float32">();
  return btoa(Array.from(values, (value) => String.fromCharCode(value)).join(""));
}
