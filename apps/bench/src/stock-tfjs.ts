// TensorFlow.js on WebAssembly as it comes, in Deno, as a contender: stock-tfjs.ts <inputs folder>
// Written as its documentation teaches (layers, tf.train.adam, minimize, tf.grad), without a line of ours in what is timed.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths, version_wasm } from "@tensorflow/tfjs-backend-wasm";
import type { FgsCurvesJob, Reply, Request, TrainJob } from "./job.ts";
import { serveRequests } from "./serve-requests.ts";

const PIXELS = 784;
const CLASSES = 10;

const folder = process.argv[2] ?? ".";
const wasm = import.meta.resolve("@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm");
setWasmPaths(fileURLToPath(new URL(".", wasm)));
await tf.setBackend("wasm");
const variant = (await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT")) === true ? "simd" : "plain";
const splits = new Map<string, { readonly images: tf.Tensor2D; readonly labels: tf.Tensor1D }>();
await serveRequests(answer);

async function answer(request: Request): Promise<Reply> {
  if (request.do === "hello") {
    const versions = { deno: Deno.version.deno, "tensorflow.js": `${version_wasm} ${variant}` };
    return { hello: { versions, threads: 1 } };
  }
  const { job } = request;
  if (job.work === "train") return await train(job);
  if (job.work === "fgs-curves") return await fgsCurves(job);
  return { error: `Cannot do ${job.work} with stock TensorFlow.js` };
}

async function train(job: TrainJob): Promise<Reply> {
  const { images, labels } = await split("train");
  const order = new Uint32Array((await read(job.order)).buffer);
  const model = await modelOf(job.weights);
  const adam = tf.train.adam(job.learningRate, 0.9, 0.999, 1e-7);
  let loss = 0;
  const seconds = measured(() => {
    for (let first = 0; first < job.images; first += job.batchSize) {
      const batch = Int32Array.from(order.subarray(first, Math.min(first + job.batchSize, job.images)));
      loss += batch.length * step(model, adam, images, labels, batch);
    }
  });
  const testSet = await split("test");
  const testCorrect = job.test ? correctCount(model, testSet.images, testSet.labels) : 0;
  adam.dispose();
  model.dispose();
  return { seconds, answer: { meanLoss: loss / job.images, ...(job.test ? { testCorrect } : {}) } };
}

function step(
  model: tf.LayersModel,
  adam: tf.Optimizer,
  images: tf.Tensor2D,
  labels: tf.Tensor1D,
  batch: Int32Array,
): number {
  return tf.tidy(() => {
    const indices = tf.tensor1d(batch, "int32");
    const x = tf.gather(images, indices);
    const y = tf.oneHot(tf.gather(labels, indices), CLASSES);
    const loss = adam.minimize(() => tf.losses.softmaxCrossEntropy(y, model.apply(x) as tf.Tensor2D), true);
    return loss?.dataSync()[0] ?? Number.NaN;
  });
}

async function fgsCurves({ weights, epsilons, images: count }: FgsCurvesJob): Promise<Reply> {
  const set = await split("test");
  const images = set.images.slice(0, count);
  const labels = set.labels.slice(0, count);
  const models = await Promise.all(weights.map(modelOf));
  const correct: number[] = [];
  const seconds = measured(() => {
    for (const model of models) {
      tf.tidy(() => {
        const direction = tf.sign(tf.grad((x) => attackedLoss(model, x, labels))(images));
        for (const epsilon of epsilons) {
          correct.push(
            tf.tidy(() => correctCount(model, tf.add(images, tf.mul(direction, epsilon)), labels)),
          );
        }
      });
    }
  });
  for (const model of models) model.dispose();
  tf.dispose([images, labels]);
  return { seconds, answer: { correct } };
}

/** Rises where cross-entropy does, and float32 keeps its slope where the true class's probability rounds to 1. */
function attackedLoss(model: tf.LayersModel, images: tf.Tensor, labels: tf.Tensor1D): tf.Scalar {
  const logits = model.apply(images) as tf.Tensor2D;
  const isTrue = tf.oneHot(labels, CLASSES);
  const others = tf.logSumExp(tf.sub(logits, tf.mul(isTrue, 1e9)), 1);
  return tf.sum(tf.sub(others, tf.sum(tf.mul(logits, isTrue), 1)));
}

function correctCount(model: tf.LayersModel, images: tf.Tensor, labels: tf.Tensor1D): number {
  return tf.tidy(() => {
    const predicted = tf.argMax(model.predict(images, { batchSize: labels.size }) as tf.Tensor2D, 1);
    return tf.sum(tf.equal(predicted, labels).toInt()).dataSync()[0] ?? Number.NaN;
  });
}

async function modelOf(name: string): Promise<tf.LayersModel> {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ inputShape: [PIXELS], units: 100, activation: "relu" }),
      tf.layers.dense({ units: CLASSES }),
    ],
  });
  const file = await read(name);
  const parameters = ["dense0.weight", "dense0.bias", "dense1.weight", "dense1.bias"].map((parameter) =>
    tensorOf(file, parameter),
  );
  model.setWeights(parameters);
  tf.dispose(parameters);
  return model;
}

/** A tensor of a safetensors file, read here: our own reader would bring our TensorFlow.js along. */
function tensorOf(file: Uint8Array<ArrayBuffer>, name: string): tf.Tensor {
  const headerBytes = Number(new DataView(file.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + headerBytes))) as Header;
  const entry = header[name];
  if (entry === undefined) throw new RangeError(`Cannot read weights as there must be ${name}`);
  const [from, to] = entry.data_offsets;
  const data = file.slice(8 + headerBytes + from, 8 + headerBytes + to);
  return tf.tensor(new Float32Array(data.buffer), [...entry.shape]);
}

type Header = Readonly<
  Record<string, { readonly shape: readonly number[]; readonly data_offsets: readonly [number, number] }>
>;

async function split(name: string): Promise<{ readonly images: tf.Tensor2D; readonly labels: tf.Tensor1D }> {
  const known = splits.get(name);
  if (known !== undefined) return known;
  const pixels = await read(`${name}-images.bin`);
  const labels = await read(`${name}-labels.bin`);
  const intensities = new Float32Array(pixels.length);
  for (let i = 0; i < pixels.length; i++) intensities[i] = pixels[i]! / 255;
  const loaded = {
    images: tf.tensor2d(intensities, [labels.length, PIXELS]),
    labels: tf.tensor1d(Int32Array.from(labels), "int32"),
  };
  splits.set(name, loaded);
  return loaded;
}

async function read(name: string): Promise<Uint8Array<ArrayBuffer>> {
  return Uint8Array.from(await readFile(join(folder, name)));
}

function measured(work: () => void): number {
  const startedAt = performance.now();
  work();
  return (performance.now() - startedAt) / 1000;
}
