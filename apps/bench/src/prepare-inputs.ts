import { mkdir, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { DEEP_FOOL_DEFAULTS } from "@gambeson/contract";
import { firstImages, type Dataset } from "@gambeson/datasets";
import { initialMlpParameters, mlp, saveClassifier, type Classifier } from "@gambeson/models";
import { createRandom } from "@gambeson/runtime";
import {
  crossEntropy,
  deepDefense,
  freshAdam,
  train,
  type Objective,
  type TrainingHooks,
} from "@gambeson/training";
import { DEFENCE, orderFile, WEIGHTS } from "./inputs.ts";
import { orderOf } from "./order.ts";
import { startEngine, type RunningEngine } from "./start-engine.ts";

/** How much to train the models that are attacked. */
export interface Preparation {
  readonly epochs: number;
  readonly images: number;
  readonly defenceImages: number;
}

type Write = (name: string, bytes: Uint8Array) => Promise<void>;

const SEED = 1;
const HIDDEN = 100;

/**
 * Writes what every contender reads into `folder`: the data set as raw bytes (`train-images.bin`, uint8 `[n, 784]`, and so
 * on), the orders of batches, and the weights of `WEIGHTS`, trained here with ours.
 *
 * @param orders Numbers of training images that jobs visit.
 * @throws The signal's reason once it is aborted.
 */
export async function prepareInputs(
  folder: string,
  dataset: Dataset,
  preparation: Preparation,
  { orders, signal }: { readonly orders: Iterable<number>; readonly signal: AbortSignal },
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const write: Write = (name, bytes) => writeFile(join(folder, name), bytes);
  for (const split of ["train", "test"] as const) {
    await write(`${split}-images.bin`, dataset[split].images);
    await write(`${split}-labels.bin`, dataset[split].labels);
  }
  for (const count of orders) await write(orderFile(count), new Uint8Array(orderOf(count).buffer));
  const engine = await startEngine("kernels", availableParallelism());
  try {
    await writeModels(engine, dataset, preparation, { write, signal });
  } finally {
    await engine.stop();
  }
}

/** Stopping the engine frees the tensors. */
async function writeModels(
  { engine }: RunningEngine,
  dataset: Dataset,
  { epochs, images, defenceImages }: Preparation,
  { write, signal }: { readonly write: Write; readonly signal: AbortSignal },
): Promise<void> {
  const trainOn = async (
    model: Classifier,
    objective: Objective,
    count: number,
    options: Schedule & Pick<TrainingHooks, "onEpoch">,
  ): Promise<Classifier> => {
    const { images: pixels, labels, height, width, count: found } = firstImages(dataset.train, count);
    const source = { count: found, imageSize: height * width, labels, pixels };
    const trained = await train({ epoch: 0, model, adam: freshAdam(model.parameters) }, source, objective, {
      ...options,
      schedule: { ...options, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
      seed: SEED,
      name: "prepare",
      trainer: engine.trainer,
      signal,
    });
    return trained.model;
  };
  const sizes = [dataset.height * dataset.width, HIDDEN, dataset.classNames.length];
  const initial = mlp(initialMlpParameters(sizes, createRandom(SEED, "initial weights"), 0.01));
  await write(WEIGHTS.initial, saveClassifier(initial));
  const trained = await trainOn(initial, crossEntropy, images, {
    epochs,
    batchSize: 64,
    learningRate: 1e-3,
    onEpoch: async ({ epoch }, { model }) => {
      if (epoch === 1) await write(WEIGHTS.early, saveClassifier(model));
    },
  });
  await write(WEIGHTS.trained, saveClassifier(trained));
  const { maxSteps, overshoot, ...settings } = DEFENCE;
  const deepFool = { ...DEEP_FOOL_DEFAULTS, maxSteps, overshoot, convention: "test-with" as const };
  const defended = await trainOn(trained, deepDefense({ ...settings, deepFool }), defenceImages, {
    epochs: 1,
    batchSize: 100,
    learningRate: 5e-4,
  });
  await write(WEIGHTS.robust, saveClassifier(defended));
}

interface Schedule {
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
}
