import type { ModelResult } from "@gambeson/contract";
import { accuracy, confusionMatrix, countBlank, robustness, rocOfClasses } from "@gambeson/metrics";
import { loadMlp } from "@gambeson/models";
import { tf } from "@gambeson/runtime";
import type { ImageSource } from "@gambeson/training";
import { readCrafted } from "../crafted-file.ts";
import { imageSourceOf } from "../image-source-of.ts";
import { toJsonBytes } from "../json-bytes.ts";
import { softmaxRows } from "../softmax-rows.ts";
import { inputOf, type TaskContext, type TaskOutputs } from "../task-context.ts";
import type { EvaluateTask } from "../task.ts";

/** What `evaluate` gives, as JSON: the parts of a model's result that need no eps_ref. */
export interface Evaluation extends Pick<ModelResult, "accuracy" | "confusion" | "robustness" | "roc"> {
  readonly diagnostics: Pick<ModelResult["diagnostics"], "unfooled" | "wrongBefore" | "blank">;
}

/** One model on benign test images, on the pre-trained model's DeepFool images, and on its own. */
export async function evaluate({ options }: EvaluateTask, context: TaskContext): Promise<TaskOutputs> {
  const { dataset, engine, signal, onProgress } = context;
  const benign = imageSourceOf(dataset.test);
  const { labels } = benign;
  const classCount = dataset.classNames.length;
  const model = loadMlp(inputOf(context, "weights"));
  try {
    const attacked = await engine.deepFoolOfSet(model, benign, options.deepFool, {
      signal,
      onProgress: (share) => {
        onProgress(share * 0.9, `${Math.round(share * benign.count)}/${benign.count} images`);
      },
    });
    onProgress(0.9, "scoring");
    const rocOf = (logits: Float32Array) => rocOfClasses(softmaxRows(logits, classCount), labels, classCount);
    const rocOn = async (source: ImageSource) => rocOf(await engine.logitsOfSet(model, source, { signal }));
    const right = accuracy(attacked.before, labels);
    const correct = attacked.before.map((k, i) => Number(k === labels[i]));
    const summary = robustness({ ...attacked, correct });
    const evaluation: Evaluation = {
      accuracy: right,
      confusion: confusionMatrix(attacked.before, labels, classCount),
      robustness: summary,
      roc: {
        benign: await rocOn(benign),
        transferred: await rocOn(readCrafted(inputOf(context, "transferred"))),
        own: rocOf(attacked.logits),
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
