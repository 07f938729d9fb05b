import { fgsSweep, UNTARGETED, withDeepFool, type FgsSweep } from "@gambeson/attacks";
import { scoped, tf, type Tensor2D } from "@gambeson/runtime";
import { forEachBatch, tensorTrainer } from "@gambeson/training";
import { emptyFindings, type Engine } from "./engine.ts";

/** TensorFlow.js, batch by batch: the reference, for every model. */
export const tensorEngine: Engine = {
  kernels: "tfjs",
  trainer: tensorTrainer,
  logitsOfSet: async (model, source, options) => {
    const logits = new Float32Array(source.count * model.classCount);
    await forEachBatch(
      model,
      source,
      ({ images }, first) => {
        logits.set(model.logits(images).dataSync<"float32">(), first * model.classCount);
      },
      options,
    );
    return logits;
  },
  deepFoolOfSet: async (model, source, options, { onImages, ...hooks }) => {
    const found = emptyFindings(source.count, model.classCount);
    await forEachBatch(
      model,
      source,
      ({ images, labels }, first) => {
        found.imageNorm.set(tf.sqrt(tf.sum(tf.square(images), 1)).dataSync<"float32">(), first);
        const targets = labels.map(() => UNTARGETED);
        withDeepFool(model, images, targets, options, ({ before, norms, fooled, steps, perturbations }) => {
          found.before.set(before, first);
          found.norm.set(norms, first);
          found.fooled.set(fooled, first);
          found.steps.set(steps, first);
          const perturbed: Tensor2D = tf.add(images, perturbations());
          found.logits.set(
            scoped(() => model.logits(perturbed).dataSync<"float32">()),
            first * model.classCount,
          );
          onImages?.(perturbed.dataSync<"float32">(), first);
        });
      },
      hooks,
    );
    return found;
  },
  fgsSweepOfSet: async (model, source, { clip, signal, onSigns }) => {
    const sweeps: { sweep: FgsSweep; labels: Int32Array }[] = [];
    const dispose = () => {
      for (const { sweep } of sweeps) sweep.dispose();
    };
    try {
      await forEachBatch(
        model,
        source,
        ({ images, labels }, first) => {
          const sweep = fgsSweep(model, images, labels, {
            clip,
            onSign: (sign) => onSigns?.(signCodes(sign.dataSync<"float32">()), first),
          });
          for (const tensor of sweep.tensors) tf.keep(tensor);
          sweeps.push({ sweep, labels });
        },
        { signal },
      );
    } catch (error) {
      dispose();
      throw error;
    }
    const correctIn = ({ sweep, labels }: (typeof sweeps)[number], epsilon: number) =>
      sweep.predictedAt(epsilon).reduce((count, k, image) => count + Number(k === labels[image]), 0);
    return {
      count: source.count,
      zeroGradients: sweeps.reduce((sum, { sweep }) => sum + sweep.zeroGradients, 0),
      correctAt: (epsilons) =>
        epsilons.map((epsilon) => sweeps.reduce((sum, batch) => sum + correctIn(batch, epsilon), 0)),
      logitsAt: (epsilon) => {
        const logits = new Float32Array(source.count * model.classCount);
        let at = 0;
        for (const { sweep } of sweeps) {
          const own = sweep.logitsAt(epsilon);
          logits.set(own, at);
          at += own.length;
        }
        return logits;
      },
      dispose,
    };
  },
};

/** -1 as 2: bytes have no sign. */
function signCodes(sign: Float32Array): Uint8Array {
  return Uint8Array.from(sign, (each) => (each < 0 ? 2 : each));
}
