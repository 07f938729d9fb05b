import { kernelWalk, UNTARGETED } from "@gambeson/attacks";
import {
  deepFoolOn,
  fgsLines,
  loadImages,
  loadMlpMemory,
  logitsOf,
  type ImageMemory,
  type ImageRange,
  type Kernels,
  type MlpMemory,
} from "@gambeson/kernels";
import { oneHiddenLayer, type Classifier } from "@gambeson/models";
import { breathe } from "@gambeson/runtime";
import { kernelTrainer, type ImageSource } from "@gambeson/training";
import { emptyFindings, type Engine } from "./engine.ts";
import { tensorEngine } from "./tensor-engine.ts";

/** Images between two looks at the signal: some hundredths of a second. */
const IMAGES_A_BREATH = 2000;

/**
 * The kernels, for MLPs with one hidden layer; what they do not cover goes to `tensorEngine`: other models, clipping, DeepFool
 * in pixels.
 *
 * @param kernels Borrowed.
 */
export function kernelEngine(kernels: Kernels): Engine {
  return {
    kernels: `gambeson ${kernels.variant}`,
    trainer: kernelTrainer(kernels),
    logitsOfSet: async (model, source, options) => {
      if (oneHiddenLayer(model) === null) return await tensorEngine.logitsOfSet(model, source, options);
      return await withMemory(kernels, model, source, async (mlp, images) => {
        const logits = new Float32Array(source.count * model.classCount);
        await forEachRange(source.count, options ?? {}, (range) => {
          logits.set(logitsOf(kernels, mlp, images, range), range.first * model.classCount);
        });
        return logits;
      });
    },
    deepFoolOfSet: async (model, source, options, hooks) => {
      const walk = kernelWalk(options);
      if (oneHiddenLayer(model) === null || walk === null) {
        return await tensorEngine.deepFoolOfSet(model, source, options, hooks);
      }
      return await withMemory(kernels, model, source, async (mlp, images) => {
        const { count } = source;
        const found = emptyFindings(count, model.classCount);
        await forEachRange(count, hooks, (range) => {
          const targets = new Int32Array(range.count).fill(UNTARGETED);
          const keepsImages = hooks.onImages !== undefined;
          const part = deepFoolOn(kernels, mlp, images, { range, targets, options: walk, keepsImages });
          found.before.set(part.before, range.first);
          found.norm.set(part.norms, range.first);
          found.imageNorm.set(part.imageNorms, range.first);
          found.fooled.set(part.fooled, range.first);
          found.steps.set(part.steps, range.first);
          found.logits.set(part.logits, range.first * model.classCount);
          if (part.perturbed !== null) hooks.onImages?.(part.perturbed, range.first);
        });
        return found;
      });
    },
    fgsSweepOfSet: async (model, source, options) => {
      if (oneHiddenLayer(model) === null || options.clip) {
        return await tensorEngine.fgsSweepOfSet(model, source, options);
      }
      await breathe(options.signal);
      const { mlp, images, free } = load(kernels, model, source);
      try {
        const lines = fgsLines(kernels, mlp, images, { keepsSigns: options.onSigns !== undefined });
        if (lines.signs !== null) options.onSigns?.(lines.signs, 0);
        return {
          count: source.count,
          zeroGradients: lines.zeroGradients,
          correctAt: lines.correctAt,
          logitsAt: lines.logitsAt,
          dispose: () => {
            lines.free();
            free();
          },
        };
      } catch (error) {
        free();
        throw error;
      }
    },
  };
}

async function withMemory<T>(
  kernels: Kernels,
  model: Classifier,
  source: ImageSource,
  work: (mlp: MlpMemory, images: ImageMemory) => Promise<T>,
): Promise<T> {
  const { mlp, images, free } = load(kernels, model, source);
  try {
    return await work(mlp, images);
  } finally {
    free();
  }
}

/** Copies a model with one hidden layer and images to the kernels. */
function load(kernels: Kernels, model: Classifier, source: ImageSource) {
  const images = loadImages(kernels, source);
  try {
    const [w1, b1, w2, b2] = model.parameters.map((parameter) => parameter.dataSync<"float32">());
    const mlp = loadMlpMemory(kernels, oneHiddenLayer(model)!, { parameters: [w1!, b1!, w2!, b2!] });
    return {
      mlp,
      images,
      free: () => {
        mlp.free();
        images.free();
      },
    };
  } catch (error) {
    images.free();
    throw error;
  }
}

async function forEachRange(
  count: number,
  { signal, onProgress }: { readonly signal?: AbortSignal; onProgress?(share: number): void },
  work: (range: ImageRange) => void,
): Promise<void> {
  for (let first = 0; first < count; first += IMAGES_A_BREATH) {
    onProgress?.(first / count);
    await breathe(signal);
    work({ first, count: Math.min(IMAGES_A_BREATH, count - first) });
  }
}
