import { DEEP_FOOL_DEFAULTS } from "@gambeson/contract";
import type { Engine } from "@gambeson/experiment";
import { argMax, rho2 } from "@gambeson/metrics";
import { loadMlp, type Classifier } from "@gambeson/models";
import { tf } from "@gambeson/runtime";
import {
  crossEntropy,
  deepDefense,
  disposeState,
  freshAdam,
  train,
  type EpochReport,
  type ImageSource,
  type Objective,
} from "@gambeson/training";
import type { Answer, DeepDefenseJob, DeepFoolJob, FgsCurvesJob, TrainJob } from "./job.ts";
import { ORDER_NAME, ORDER_SEED, orderOf } from "./order.ts";

/** The files of a job, read and in memory. */
export interface Inputs {
  readonly train: ImageSource;
  readonly test: ImageSource;
  /** A safetensors file. @throws {RangeError} If the job names no such file. */
  weights(name: string): Uint8Array;
  order(name: string): Uint32Array;
}

/** Runs the work that is to be timed. */
export type Stopwatch = <T>(work: () => Promise<T>) => Promise<T>;

/** Nothing stops a job but the end of its process. */
const { signal } = new AbortController();
const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };

/** Cross-entropy training. */
export async function training(
  engine: Engine,
  inputs: Inputs,
  job: TrainJob,
  timed: Stopwatch,
): Promise<Answer> {
  const { report, testCorrect } = await trainOnce(engine, inputs, { ...job, objective: crossEntropy }, timed);
  return { meanLoss: report.loss, ...(testCorrect === null ? {} : { testCorrect }) };
}

/** Deep Defense on benign images. */
export async function deepDefenseTraining(
  engine: Engine,
  inputs: Inputs,
  job: DeepDefenseJob,
  timed: Stopwatch,
): Promise<Answer> {
  const { lambda, c, d, exponentCap, maxSteps, overshoot } = job;
  const deepFool = { ...DEEP_FOOL_DEFAULTS, maxSteps, overshoot, convention: "test-with" as const };
  const objective = deepDefense({ lambda, c, d, exponentCap, deepFool });
  const { report } = await trainOnce(engine, inputs, { ...job, test: false, objective }, timed);
  return { meanLoss: report.loss, meanRegulariser: report.regulariser?.value ?? Number.NaN };
}

/** DeepFool on the test set. */
export async function deepFoolSet(
  engine: Engine,
  inputs: Inputs,
  job: DeepFoolJob,
  timed: Stopwatch,
): Promise<Answer> {
  const { maxSteps, overshoot, convention, margin } = job;
  const options = { ...DEEP_FOOL_DEFAULTS, maxSteps, overshoot, convention, margin };
  const source = first(inputs.test, job.images);
  const { norm, imageNorm, fooled } = await withModel(inputs.weights(job.weights), (model) =>
    timed(() => engine.deepFoolOfSet(model, source, options, { signal, onProgress: () => undefined })),
  );
  return {
    rho2: rho2(norm, imageNorm) ?? Number.NaN,
    fooled: fooled.reduce((count, isFooled) => count + isFooled, 0),
  };
}

/** Accuracy-epsilon curves of several models. */
export async function fgsCurves(
  engine: Engine,
  inputs: Inputs,
  job: FgsCurvesJob,
  timed: Stopwatch,
): Promise<Answer> {
  const source = first(inputs.test, job.images);
  const correct: number[] = [];
  for (const name of job.weights) {
    await withModel(inputs.weights(name), (model) =>
      timed(async () => {
        const sweep = await engine.fgsSweepOfSet(model, source, { clip: false, signal });
        correct.push(...sweep.correctAt(job.epsilons));
        sweep.dispose();
      }),
    );
  }
  return { correct };
}

async function trainOnce(
  engine: Engine,
  inputs: Inputs,
  {
    objective,
    ...job
  }: Pick<TrainJob, "weights" | "order" | "images" | "batchSize" | "learningRate" | "test"> & {
    readonly objective: Objective;
  },
  timed: Stopwatch,
): Promise<{ readonly report: EpochReport; readonly testCorrect: number | null }> {
  const source = first(inputs.train, job.images);
  requireOwnOrder(inputs.order(job.order), source.count);
  const { batchSize, learningRate } = job;
  return await withModel(inputs.weights(job.weights), async (model) => {
    const reports: EpochReport[] = [];
    const adam = freshAdam(model.parameters);
    const end = await timed(() =>
      train({ epoch: 0, model, adam }, source, objective, {
        schedule: { epochs: 1, batchSize, learningRate, ...ADAM },
        seed: ORDER_SEED,
        name: ORDER_NAME,
        trainer: engine.trainer,
        onEpoch: (report) => {
          reports.push(report);
        },
      }),
    );
    const testCorrect = job.test ? await countCorrect(engine, end.model, inputs.test) : null;
    disposeState(end);
    tf.dispose([...adam.means, ...adam.squares]);
    return { report: reports[0]!, testCorrect };
  });
}

/** `train` shuffles for itself; the others are given the same order as a file. */
function requireOwnOrder(order: Uint32Array, images: number): void {
  const different = orderOf(images).findIndex((position, index) => order[index] !== position);
  if (different === -1) return;
  throw new RangeError(
    `Cannot train as the order must be train's own: current value is ${order[different]} at position ${different}`,
  );
}

async function countCorrect(engine: Engine, model: Classifier, source: ImageSource): Promise<number> {
  const predicted = argMax(await engine.logitsOfSet(model, source), model.classCount);
  return predicted.reduce((count, k, image) => count + Number(k === source.labels[image]), 0);
}

async function withModel<T>(weights: Uint8Array, use: (model: Classifier) => Promise<T>): Promise<T> {
  const model = loadMlp(weights);
  try {
    return await use(model);
  } finally {
    tf.dispose([...model.parameters]);
  }
}

/** Views of the first images. */
function first({ imageSize, labels, pixels }: ImageSource, count: number): ImageSource {
  return {
    count,
    imageSize,
    labels: labels.subarray(0, count),
    pixels: pixels.subarray(0, count * imageSize),
  };
}
