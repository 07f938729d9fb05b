import type { ModelResult } from "@gambeson/contract";
import { accuracy, confusionMatrix, countBlank, robustness, rocOfClasses } from "@gambeson/metrics";
import { loadMlp } from "@gambeson/models";
import { tf } from "@gambeson/runtime";
import type { ImageSource } from "@gambeson/training";
import { emptyCrafted, readCrafted } from "../crafted-file.ts";
import type { DeepFoolOfSet } from "../engine.ts";
import { imageSourceOf } from "../image-source-of.ts";
import { writeImageRows, type ImageRows } from "../images-file.ts";
import { toJsonBytes } from "../json-bytes.ts";
import { predictedRows } from "../predicted-rows.ts";
import { probabilitiesOf, softmaxRows } from "../softmax-rows.ts";
import { inputOf, type TaskContext, type TaskOutputs } from "../task-context.ts";
import type { EvaluateTask } from "../task.ts";

/** What `evaluate` gives, as JSON: the parts of a model's result that need no eps_ref. */
export interface Evaluation extends Pick<ModelResult, "accuracy" | "confusion" | "robustness" | "roc"> {
  readonly diagnostics: Pick<ModelResult["diagnostics"], "unfooled" | "wrongBefore" | "blank">;
}

/** One model on benign test images, on the pre-trained model's DeepFool images, and on its own, which are kept. */
export async function evaluate({ options }: EvaluateTask, context: TaskContext): Promise<TaskOutputs> {
  const { dataset, engine, signal, onProgress } = context;
  const benign = imageSourceOf(dataset.test);
  const own = emptyCrafted(benign);
  const model = loadMlp(inputOf(context, "weights"));
  const scoresOn = async (source: ImageSource) =>
    softmaxRows(await engine.logitsOfSet(model, source, { signal }), model.classCount);
  try {
    const attacked = await engine.deepFoolOfSet(model, benign, options.deepFool, {
      signal,
      onProgress: (share) => {
        onProgress(share * 0.9, `${Math.round(share * benign.count)}/${benign.count} images`);
      },
      onImages: (images, first) => {
        own.pixels.set(images, first * benign.imageSize);
      },
    });
    onProgress(0.9, "scoring");
    const found: Found = {
      attacked,
      labels: dataset.test.labels,
      classCount: model.classCount,
      scores: {
        benign: await scoresOn(benign),
        transferred: await scoresOn(readCrafted(inputOf(context, "transferred"))),
        own: softmaxRows(attacked.logits, model.classCount),
      },
    };
    return {
      evaluation: toJsonBytes(evaluationOf(found)),
      images: writeImageRows(rowsOf(found)),
      deepfool: own.bytes,
    };
  } finally {
    tf.dispose([...model.parameters]);
  }
}

/** How a model took the test images. */
interface Found {
  readonly attacked: DeepFoolOfSet;
  readonly labels: ImageRows["label"];
  readonly classCount: number;
  /** Softmax probabilities, `[count, classCount]`. */
  readonly scores: Readonly<Record<keyof ModelResult["roc"], Float32Array>>;
}

function evaluationOf({ attacked, labels, classCount, scores }: Found): Evaluation {
  const right = accuracy(attacked.before, labels);
  const correct = attacked.before.map((k, i) => Number(k === labels[i]));
  const summary = robustness({ ...attacked, correct });
  return {
    accuracy: right,
    confusion: confusionMatrix(attacked.before, labels, classCount),
    robustness: summary,
    roc: {
      benign: rocOfClasses(scores.benign, labels, classCount),
      transferred: rocOfClasses(scores.transferred, labels, classCount),
      own: rocOfClasses(scores.own, labels, classCount),
    },
    diagnostics: {
      unfooled: { count: summary.fooled.of - summary.fooled.count, of: summary.fooled.of },
      wrongBefore: { count: right.of - right.count, of: right.of },
      blank: countBlank(attacked.imageNorm),
    },
  };
}

function rowsOf({ attacked, labels, classCount, scores }: Found): ImageRows {
  const after = predictedRows(attacked.logits, classCount);
  return {
    ...attacked,
    label: labels,
    probabilityBefore: probabilitiesOf(attacked.before, scores.benign),
    after,
    probabilityAfter: probabilitiesOf(after, scores.own),
  };
}
