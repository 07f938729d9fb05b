import type { ModelResult } from "@gambeson/contract";
import { curveRises, evenlySpaced } from "@gambeson/metrics";
import { loadMlp } from "@gambeson/models";
import { breathe, tf } from "@gambeson/runtime";
import type { FgsSweepOfSet } from "../engine.ts";
import { writeFgsImages } from "../fgs-file.ts";
import { imageSourceOf } from "../image-source-of.ts";
import { fromJsonBytes, toJsonBytes } from "../json-bytes.ts";
import { predictedRows } from "../predicted-rows.ts";
import { probabilitiesOf, softmaxRows } from "../softmax-rows.ts";
import { inputOf, type TaskContext, type TaskOutputs } from "../task-context.ts";
import type { SweepTask } from "../task.ts";

/** What `sweep` gives, as JSON: the parts of a model's result that FGS decides. */
export interface Sweep extends Pick<ModelResult, "accuracyAt" | "curve"> {
  readonly diagnostics: Pick<ModelResult["diagnostics"], "zeroGradient" | "curveRises">;
}

/** Epsilons between two looks at the signal. */
const EPSILONS_A_BREATH = 8;

/**
 * A model's accuracy under FGS, at the multiples of eps_ref in the table and along the whole curve; and where FGS moves each
 * image, with what the model says of it at one epsilon.
 */
export async function sweep({ options }: SweepTask, context: TaskContext): Promise<TaskOutputs> {
  const source = imageSourceOf(context.dataset.test);
  const { count, imageSize } = source;
  const signs = new Uint8Array(count * imageSize);
  const model = loadMlp(inputOf(context, "weights"));
  try {
    const attack = await context.engine.fgsSweepOfSet(model, source, {
      clip: options.fgs.clip,
      signal: context.signal,
      onSigns: (some, first) => {
        signs.set(some, first * imageSize);
      },
    });
    try {
      const result = await sweepAlong(attack, options, context);
      const logits = attack.logitsAt(options.imagesEpsilon);
      const predicted = predictedRows(logits, model.classCount);
      const probability = probabilitiesOf(predicted, softmaxRows(logits, model.classCount));
      const fgs = writeFgsImages({ count, imageSize, signs, predicted, probability });
      return { sweep: toJsonBytes(result), fgs };
    } finally {
      attack.dispose();
    }
  } finally {
    tf.dispose([...model.parameters]);
  }
}

async function sweepAlong(
  attack: FgsSweepOfSet,
  options: SweepTask["options"],
  context: TaskContext,
): Promise<Sweep> {
  const of = attack.count;
  const reference = fromJsonBytes(inputOf(context, "epsilonReference")) as number | null;
  const { factors, epsilons } = epsilonsOf(reference, options);
  const all = [...factors.map(({ epsilon }) => epsilon), ...epsilons];
  const correctAtAll: number[] = [];
  for (let index = 0; index < all.length; index += EPSILONS_A_BREATH) {
    context.onProgress(index / all.length, `epsilon ${all[index]!.toFixed(4)}`);
    await breathe(context.signal);
    correctAtAll.push(...attack.correctAt(all.slice(index, index + EPSILONS_A_BREATH)));
  }
  const correct = correctAtAll.slice(factors.length);
  return {
    accuracyAt: !hasRange(reference)
      ? null
      : factors.map(({ factor, epsilon }, index) => ({
          factor,
          epsilon,
          accuracy: { count: correctAtAll[index]!, of },
        })),
    curve: !hasRange(reference) ? null : { epsilons, correct, of },
    diagnostics: {
      zeroGradient: { count: attack.zeroGradients, of },
      curveRises: curveRises(correct, of),
    },
  };
}

/** Without an eps_ref above 0 there is no range of epsilons to look at: none sufficed, or the model was half wrong unattacked. */
function hasRange(reference: number | null): reference is number {
  return reference !== null && reference > 0;
}

function epsilonsOf(reference: number | null, { accuracyAt, curve }: SweepTask["options"]) {
  if (!hasRange(reference)) return { factors: [], epsilons: [] };
  return {
    factors: accuracyAt.map((factor) => ({ factor, epsilon: factor * reference })),
    epsilons: evenlySpaced(curve.upTo * reference, curve.points),
  };
}
