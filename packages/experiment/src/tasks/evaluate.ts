import type { ModelResult } from "@gambeson/contract";
import { UNTARGETED, withDeepFool, type DeepFoolOptions } from "@gambeson/attacks";
import { accuracy, confusionMatrix, countBlank, robustness, rocOfClasses } from "@gambeson/metrics";
import { loadMlp, type Classifier } from "@gambeson/models";
import { scoped, tf, type Tensor2D } from "@gambeson/runtime";
import { forEachBatch, type ImageSource } from "@gambeson/training";
import { readCrafted } from "../crafted-file.ts";
import { imageSourceOf } from "../image-source-of.ts";
import { toJsonBytes } from "../json-bytes.ts";
import { inputOf, type TaskContext, type TaskOutputs } from "../task-context.ts";
import type { EvaluateTask } from "../task.ts";

/** What `evaluate` gives, as JSON: the parts of a model's result that need no eps_ref. */
export interface Evaluation extends Pick<ModelResult, "accuracy" | "confusion" | "robustness" | "roc"> {
  readonly diagnostics: Pick<ModelResult["diagnostics"], "unfooled" | "wrongBefore" | "blank">;
}

/** One model on benign test images, on the pre-trained model's DeepFool images, and on its own. */
export async function evaluate({ options }: EvaluateTask, context: TaskContext): Promise<TaskOutputs> {
  const { dataset, signal, onProgress } = context;
  const benign = imageSourceOf(dataset.test);
  const { labels } = benign;
  const classCount = dataset.classNames.length;
  const model = loadMlp(inputOf(context, "weights"));
  try {
    const { ownScores, predicted, attacked } = await attackAll(model, benign, options.deepFool, context);
    onProgress(0.9, "scoring");
    const benignScores = await scoresOn(model, benign, signal);
    const transferredScores = await scoresOn(model, readCrafted(inputOf(context, "transferred")), signal);
    const right = accuracy(predicted, labels);
    const summary = robustness({ ...attacked, correct: predicted.map((k, i) => Number(k === labels[i])) });
    const evaluation: Evaluation = {
      accuracy: right,
      confusion: confusionMatrix(predicted, labels, classCount),
      robustness: summary,
      roc: {
        benign: rocOfClasses(benignScores, labels, classCount),
        transferred: rocOfClasses(transferredScores, labels, classCount),
        own: rocOfClasses(ownScores, labels, classCount),
      },
      diagnostics: {
        unfooled: { count: summary.fooled.of - summary.fooled.count, of: summary.fooled.of },
        wrongBefore: { count: right.of - right.count, of: right.of },
        blank: countBlank(attacked.imageNorm),
      },
    };
    return { evaluation: toJsonBytes(evaluation) };
  } finally {
    tf.dispose([...model.parameters]);
  }
}

/** DeepFool on every test image: what was predicted before, what it took, and the model's scores on what came out. */
async function attackAll(
  model: Classifier,
  source: ImageSource,
  options: DeepFoolOptions,
  { signal, onProgress }: TaskContext,
) {
  const { count } = source;
  const ownScores = new Float32Array(count * model.classCount);
  const predicted = new Int32Array(count);
  const attacked = {
    norm: new Float32Array(count),
    imageNorm: new Float32Array(count),
    fooled: new Uint8Array(count),
    steps: new Int32Array(count),
  };
  await forEachBatch(
    model,
    source,
    ({ images, labels }, first) => {
      attacked.imageNorm.set(tf.sqrt(tf.sum(tf.square(images), 1)).dataSync<"float32">(), first);
      const targets = labels.map(() => UNTARGETED);
      withDeepFool(model, images, targets, options, ({ before, norms, fooled, steps, perturbations }) => {
        predicted.set(before, first);
        attacked.norm.set(norms, first);
        attacked.fooled.set(fooled, first);
        attacked.steps.set(steps, first);
        ownScores.set(softmaxScores(model, tf.add(images, perturbations())), first * model.classCount);
      });
    },
    {
      signal,
      onProgress: (share) => {
        onProgress(share * 0.9, `${Math.round(share * count)}/${count} images`);
      },
    },
  );
  return { ownScores, predicted, attacked };
}

/** Softmax probabilities, `[count, classCount]`. */
async function scoresOn(model: Classifier, source: ImageSource, signal: AbortSignal): Promise<Float32Array> {
  const scores = new Float32Array(source.count * model.classCount);
  await forEachBatch(
    model,
    source,
    ({ images }, first) => {
      scores.set(softmaxScores(model, images), first * model.classCount);
    },
    { signal },
  );
  return scores;
}

function softmaxScores(model: Classifier, images: Tensor2D): Float32Array {
  return scoped(() => tf.softmax(model.logits(images)).dataSync<"float32">());
}
