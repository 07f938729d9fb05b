import { DEEP_FOOL_DEFAULTS } from "@gambeson/contract";
import type { Engine } from "@gambeson/experiment";
import { argMax, rho2 } from "@gambeson/metrics";
import { loadMlp, type Classifier } from "@gambeson/models";
import { tf } from "@gambeson/runtime";
import {
  crossEntropy,
  deepDefense,
  freshAdam,
  type ImageSource,
  type Objective,
  type StepReport,
} from "@gambeson/training";
import type { Answer, DeepDefenseJob, DeepFoolJob, FgsCurvesJob, TrainJob } from "./job.ts";

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
  const { steps, testCorrect } = await trainOnce(engine, inputs, { ...job, objective: crossEntropy }, timed);
  return { meanLoss: meanOf(steps, ({ loss }) => loss), ...(testCorrect === null ? {} : { testCorrect }) };
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
  const { steps } = await trainOnce(engine, inputs, { ...job, test: false, objective }, timed);
  return {
    meanLoss: meanOf(steps, ({ loss }) => loss),
    meanRegulariser: meanOf(steps, ({ regulariser }) => regulariser?.value ?? Number.NaN),
  };
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

/** Adam steps in the order given. As with the peers, the images lie where the steps read them before the time begins. */
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
): Promise<{ readonly steps: readonly StepReport[]; readonly testCorrect: number | null }> {
  const source = first(inputs.train, job.images);
  const order = inputs.order(job.order);
  const { batchSize, learningRate } = job;
  return await withModel(inputs.weights(job.weights), async (model) => {
    const adam = freshAdam(model.parameters);
    const trainer = engine.trainer({ model, adam }, source, objective, { batchSize, learningRate, ...ADAM });
    try {
      const steps = await timed(() => Promise.resolve(trainer.advance(order)));
      const testCorrect = job.test ? await countCorrect(engine, trainer.current().model, inputs.test) : null;
      return { steps, testCorrect };
    } finally {
      trainer.dispose();
      tf.dispose([...adam.means, ...adam.squares]);
    }
  });
}

/** Mean over images of what steps report as means over their batches. */
function meanOf(steps: readonly StepReport[], value: (step: StepReport) => number): number {
  const images = steps.reduce((sum, { count }) => sum + count, 0);
  return steps.reduce((sum, step) => sum + value(step) * step.count, 0) / images;
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
