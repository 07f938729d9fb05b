import type { Result } from "@gambeson/contract";
import type { Dataset } from "@gambeson/datasets";
import { startKernels, type Kernels } from "@gambeson/kernels";
import { loadMlp } from "@gambeson/models";
import { startBackend, stopBackend, tf } from "@gambeson/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readCrafted } from "./crafted-file.ts";
import type { Engine } from "./engine.ts";
import { fgsImage, readFgsImages } from "./fgs-file.ts";
import { imageSourceOf } from "./image-source-of.ts";
import { readImageRows } from "./images-file.ts";
import { kernelEngine } from "./kernel-engine.ts";
import { predictedRows } from "./predicted-rows.ts";
import type { Store } from "./store.ts";
import { tensorEngine } from "./tensor-engine.ts";
import { memoryStore } from "./testing/memory-store.ts";
import { smallConfig, smallDataset, smallRun } from "./testing/small-run.ts";

let kernels: Kernels;
let dataset: Dataset;
beforeAll(async () => {
  await startBackend({ threads: 1 });
  kernels = await startKernels({ threads: 2 });
  dataset = await smallDataset();
});
afterAll(async () => {
  await kernels.stop();
  await stopBackend();
});

const COUNT = 200;
const SIZE = 28 * 28;

/** What a run tells of single images must be what its tallies are made of. */
describe.each<[string, () => Engine, boolean]>([
  ["tensorEngine", () => tensorEngine, false],
  ["kernelEngine", () => kernelEngine(kernels), false],
  ["kernelEngine, clipped", () => kernelEngine(kernels), true],
])("a run's images, %s", (_, engineOf, clip) => {
  let result: Result;
  let output: (task: string, name: string) => Promise<Uint8Array<ArrayBuffer>>;
  const models = ["pretrained", "deep-defense"];
  beforeAll(async () => {
    const store = memoryStore();
    const config = smallConfig({
      regimes: smallConfig().regimes.slice(2, 3),
      evaluation: { deepFool: { clip }, fgs: { clip }, curve: { points: 50 } },
    });
    // The multiple of eps_ref at which FGS is looked at image by image: known only after a first run.
    const first = await smallRun(config, { dataset, store, engine: engineOf() });
    const epsilon = 0.5 * first.result.seeds[0]!.epsilonReference!;
    const evaluation = { ...config.evaluation, samples: { count: 4, epsilon } };
    ({ result } = await smallRun({ ...config, evaluation }, { dataset, store, engine: engineOf() }));
    output = (task, name) => artefactOf(store, task, name);
  });
  const measured = (id: string) => result.seeds[0]!.models.find((model) => model.id === id)!;

  test.each(models)("%s: rows add up to the evaluation's tallies", async (id) => {
    const rows = readImageRows(await output(`seed-1/${id}/evaluate`, "images"));
    const { accuracy, robustness, diagnostics } = measured(id);
    expect(rows.label).toEqual(dataset.test.labels);
    const count = (holds: (image: number) => boolean) => [...rows.label.keys()].filter(holds).length;
    expect(count((image) => rows.before[image] === rows.label[image])).toBe(accuracy.count);
    expect(count((image) => rows.fooled[image] === 1)).toBe(robustness.fooled.count);
    expect(COUNT - robustness.fooled.count).toBe(diagnostics.unfooled.count);
    const rhos = [...rows.norm].map((norm, image) => norm / rows.imageNorm[image]!);
    expect(rhos.reduce((sum, rho) => sum + rho, 0) / COUNT).toBeCloseTo(robustness.rho2, 6);
    expect(rows.steps.reduce((sum, steps) => sum + steps, 0) / COUNT).toBeCloseTo(robustness.meanSteps, 6);
    for (const probabilities of [rows.probabilityBefore, rows.probabilityAfter]) {
      expect(probabilities.every((probability) => probability >= 0.1 && probability <= 1)).toBe(true);
    }
    // An image is fooled when its class is another than before.
    expect(count((image) => (rows.after[image] !== rows.before[image]) === (rows.fooled[image] === 1))).toBe(
      COUNT,
    );
  });

  test.each(models)("%s: its DeepFool images are as far away as said, and seen as said", async (id) => {
    const rows = readImageRows(await output(`seed-1/${id}/evaluate`, "images"));
    const crafted = readCrafted(await output(`seed-1/${id}/evaluate`, "deepfool"));
    expect([crafted.count, crafted.imageSize]).toEqual([COUNT, SIZE]);
    expect(crafted.labels).toEqual(dataset.test.labels);
    const original = dataset.test.images;
    for (let image = 0; image < COUNT; image++) {
      const [from, to] = [image * SIZE, (image + 1) * SIZE];
      const moved = crafted.pixels.subarray(from, to).map((value, i) => value - original[from + i]! / 255);
      expect(Math.hypot(...moved)).toBeCloseTo(rows.norm[image]!, 4);
      expect(Math.hypot(...original.subarray(from, to)) / 255).toBeCloseTo(rows.imageNorm[image]!, 3);
    }
    expect(await seenIn(id, crafted.pixels)).toEqual(rows.after);
  });

  test.each(models)("%s: its FGS images are as many right as the curve says", async (id) => {
    const { count, imageSize, signs, predicted, probability } = readFgsImages(
      await output(`seed-1/${id}/sweep`, "fgs"),
    );
    expect([count, imageSize]).toEqual([COUNT, SIZE]);
    const { accuracyAt, diagnostics } = measured(id);
    const { epsilon, accuracy } = accuracyAt!.find(({ factor }) => factor === 0.5)!;
    expect(epsilon).toBe(result.seeds[0]!.samples.epsilon);
    const correct = predicted.reduce((sum, k, image) => sum + Number(k === dataset.test.labels[image]), 0);
    expect(correct).toBe(accuracy.count);
    expect(probability.every((value) => value >= 0.1 && value <= 1)).toBe(true);
    const still = Array.from({ length: COUNT }, (_, image) =>
      signs.subarray(image * SIZE, (image + 1) * SIZE).every((sign) => sign === 0),
    );
    expect(still.filter(Boolean)).toHaveLength(diagnostics.zeroGradient.count);
    const original = Float32Array.from(dataset.test.images, (value) => value / 255);
    expect(await seenIn(id, fgsImage(original, signs, { epsilon, clip }))).toEqual(predicted);
  });

  async function seenIn(id: string, pixels: Float32Array): Promise<Int32Array> {
    const training = id === "pretrained" ? "seed-1/pretrain" : `seed-1/${id}/train`;
    const model = loadMlp(await output(training, "weights"));
    const logits = await tensorEngine.logitsOfSet(model, { ...imageSourceOf(dataset.test), pixels });
    tf.dispose([...model.parameters]);
    return predictedRows(logits, model.classCount);
  }
});

/** The newest that a task has given. */
async function artefactOf(
  store: Store & Pick<ReturnType<typeof memoryStore>, "records">,
  task: string,
  name: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const record = [...store.records.values()].findLast(({ id }) => id === task);
  return await store.artefact(record?.outputs[name] ?? "none");
}
