import type { SampleRow, Samples } from "@gambeson/contract";
import { fgs, UNTARGETED, withDeepFool } from "@gambeson/attacks";
import { loadMlp, predictedClasses, type Classifier } from "@gambeson/models";
import { scoped, tf, type Tensor2D } from "@gambeson/runtime";
import { readBatch } from "@gambeson/training";
import { imageSourceOf } from "../image-source-of.ts";
import { toJsonBytes } from "../json-bytes.ts";
import { inputOf, type TaskContext, type TaskOutputs } from "../task-context.ts";
import type { SampleTask } from "../task.ts";

/** What `sample` gives, as JSON: a model's part of the image comparison. */
export interface ModelSamples {
  readonly samples: Pick<Samples, "indices" | "labels" | "original">;
  readonly rows: Omit<SampleRow, "model">[];
}

/** Some test images under DeepFool and under FGS, as one model sees them. */
export function sample({ options }: SampleTask, context: TaskContext): Promise<TaskOutputs> {
  const { classNames, test } = context.dataset;
  const indices = sampleIndices(test.labels, classNames.length, options.samples.count);
  const samples = scoped((): ModelSamples => {
    const model = loadMlp(inputOf(context, "weights"));
    const { images, labels } = readBatch(imageSourceOf(test), Uint32Array.from(indices));
    const before = [...predictedClasses(model, images)];
    const targets = labels.map(() => UNTARGETED);
    const deepFooled = withDeepFool(model, images, targets, options.deepFool, ({ perturbations }) =>
      tf.add<Tensor2D>(images, perturbations()),
    );
    const signed = fgs(model, images, labels, { epsilon: options.samples.epsilon, clip: options.fgs.clip });
    return {
      samples: { indices, labels: [...labels], original: eightBitView(images) },
      rows: [
        { attack: "deepfool", before, ...seenBy(model, images, deepFooled) },
        { attack: "fgs", before, ...seenBy(model, images, signed) },
      ],
    };
  });
  return Promise.resolve({ samples: toJsonBytes(samples) });
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
