import { parseResult } from "@gambeson/contract";
import { loadIdxFolder } from "@gambeson/datasets";
import { fromJsonBytes, runExperiment, toJsonBytes } from "@gambeson/experiment";
import { readSafetensors } from "@gambeson/models";
import { stopBackend } from "@gambeson/runtime";
import { afterAll, expect, test } from "vitest";
import { datasetFiles } from "../disk/dataset-files.ts";
import { openStore } from "../disk/open-store.ts";
import { sha256 } from "../disk/sha256.ts";
import type { State } from "../state/state.ts";
import { createEnginePool } from "./engine-pool.ts";
import { startWorker, tinyConfig, type ExampleWorker } from "./testing/example-worker.ts";
import { runWorker } from "./worker.ts";

const engines = createEnginePool({ kernels: "gambeson", threads: 1, code: "code-1" });
afterAll(async () => {
  await engines.close();
  await stopBackend();
});

const isFinished = ({ state }: { readonly state: string }) => state === "finished";
const isFailed = ({ state }: { readonly state: string }) => state === "failed";
/** Trains so long that a test never sees its end. */
const ENDLESS = { pretraining: { epochs: 1000, batchSize: 1 } };

/** What `gambeson run` computes of the same, in a store of its own; without the timings. */
async function computedDirectly({ folder, state }: ExampleWorker, run: string): Promise<Uint8Array> {
  const { config } = state.runs.get(run)!;
  const { engine, environment } = await engines.for(config);
  const store = await openStore(`${folder}/direct`, { onDamage: () => undefined, now: Date.now });
  const { result } = await runExperiment(config, {
    dataset: await loadIdxFolder(config.dataset.name, datasetFiles),
    store,
    environment,
    engine,
    clock: Date.now,
    signal: new AbortController().signal,
    onEvent: () => undefined,
  });
  return toJsonBytes({ ...result, timings: undefined });
}

test("a worker does a run to its end: the result is that of the same run done directly, byte for byte", async () => {
  const worker = await startWorker(engines);
  const { state, store, folder } = worker;
  const id = await worker.submit(tinyConfig(folder));
  const run = await worker.until(id, isFinished);
  const bytes = await store.artefact(run.resultSha256!);
  expect(sha256(await computedDirectly(worker, id))).toBe(run.resultSha256);

  const result = parseResult({
    ...(fromJsonBytes(bytes) as object),
    timings: { startedAt: run.startedAt, finishedAt: run.finishedAt, tasks: [] },
  });
  expect(run.datasetSummary).toEqual(result.dataset);
  expect(run.environment).toEqual(result.environment);
  expect(run.config).toEqual(result.config);
  expect(run.headline!.map(({ model }) => model)).toEqual([
    "pretrained",
    "vanilla",
    "fine-tuned",
    "deep-defense",
  ]);
  const [first] = result.seeds[0]!.models;
  expect(run.headline![0]!.accuracy).toBe(first!.accuracy.count / first!.accuracy.of);
  expect(run.tasks.every((task) => task.state === "finished" && task.attempts === 1 && !task.reused)).toBe(
    true,
  );
  expect(run.tasks.find(({ id }) => id === "seed-1/pretrain")!.epochs.map(({ epoch }) => epoch)).toEqual(
    first!.training.map(({ epoch }) => epoch),
  );
  const weights = state.runs.output(id, "seed-1/vanilla/train", "weights")!;
  expect(result.seeds[0]!.models[1]!.weightsSha256).toBe(weights);
  expect(readSafetensors(await store.artefact(weights)).tensors.get("dense0.weight")?.shape).toEqual([
    144, 16,
  ]);
  expect(state.runs.output(id, "prepare", "testImages")).not.toBeNull();
  expect(state.library.foundDatasets().length).toBeGreaterThan(0);
  expect(state.queue.workers().map(({ id }) => id)).toEqual(["worker"]);
});

test("what a run before has done is done once; a fresh run does it again, to the same result", async () => {
  const worker = await startWorker(engines);
  const { folder } = worker;
  const first = await worker.until(await worker.submit(tinyConfig(folder)), isFinished);
  const again = await worker.until(await worker.submit(tinyConfig(folder), { fresh: true }), isFinished);
  const titled = await worker.until(
    await worker.submit(tinyConfig(folder, { title: "New title" })),
    isFinished,
  );
  const planned = ({ tasks }: typeof first) => tasks.slice(1, -1);
  expect(planned(again).some(({ reused }) => reused)).toBe(false);
  expect(again.resultSha256).toBe(first.resultSha256);
  expect(planned(titled).every(({ reused }) => reused)).toBe(true);
  expect(titled.resultSha256).not.toBe(first.resultSha256);
});

test("a cancelled run is let go of within two seconds, and the next one is done", async () => {
  const worker = await startWorker(engines);
  const { folder, state, lines } = worker;
  const id = await worker.submit(tinyConfig(folder, ENDLESS));
  const next = await worker.submit(tinyConfig(folder));
  await worker.until(id, ({ tasks }) => tasks.some(({ share }) => share > 0 && share < 1));
  await state.runs.cancel(id);
  const since = performance.now();
  while (!lines.some((line) => line.startsWith("claim-lost")))
    await new Promise((resolve) => setTimeout(resolve, 10));
  expect(performance.now() - since).toBeLessThan(2000);
  await worker.until(next, isFinished);
  expect(state.runs.get(id)).toMatchObject({ state: "cancelled", error: null });
  expect(new Set(state.runs.get(id)!.tasks.map((task) => task.state))).toEqual(
    new Set(["finished", "cancelled"]),
  );
});

test("a cancelled run is let go of also while its task tells nothing", async () => {
  const worker = await startWorker(engines, ({ state }) => ({
    // So that nothing but the heartbeat can notice.
    checkpointEvery: 1000,
    state: { ...state, queue: { ...state.queue, progress: () => undefined, epoch: () => undefined } },
  }));
  const { folder, state, lines } = worker;
  const id = await worker.submit(tinyConfig(folder, { ...ENDLESS, model: { hidden: [1000] } }));
  while (state.runs.references().keys.size === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  await state.runs.cancel(id);
  const since = performance.now();
  while (!lines.some((line) => line.startsWith("claim-lost")))
    await new Promise((resolve) => setTimeout(resolve, 10));
  expect(performance.now() - since).toBeLessThan(2000);
});

test("a worker that is stopped gives its task back within two seconds, with its checkpoint", async () => {
  const worker = await startWorker(engines);
  const { folder, state, store } = worker;
  const id = await worker.submit(tinyConfig(folder, ENDLESS));
  await worker.until(id, ({ tasks }) => tasks[1]!.epochs.length >= 2);
  const since = performance.now();
  await worker.stop();
  expect(performance.now() - since).toBeLessThan(2000);
  expect(state.runs.get(id)!.tasks[1]).toMatchObject({ state: "waiting", attempts: 0, error: null });
  const [key] = state.runs.references().keys;
  expect(await store.checkpoint(key!)).not.toBeNull();
});

test("what fails in a task fails it with its message, and its run with it", async () => {
  const worker = await startWorker(engines);
  const { folder, state, lines } = worker;
  const id = await worker.submit(tinyConfig(folder, { dataset: { name: `${folder}/nowhere` } }));
  const { error, tasks } = await worker.until(id, isFailed);
  expect(error).toMatch(/^Loading the data set: Cannot .*nowhere/);
  expect(tasks[0]).toMatchObject({
    state: "failed",
    attempts: 1,
    error: error!.slice("Loading the data set: ".length),
  });
  expect(tasks.slice(1).every((task) => task.state === "skipped")).toBe(true);
  expect(lines.some((line) => line.startsWith("task-failed") && line.includes("nowhere"))).toBe(true);
  const next = await worker.submit(tinyConfig(folder));
  await worker.until(next, isFinished);
  expect(state.runs.get(id)!.state).toBe("failed");
});

test("a disk that takes nothing costs no attempt: the task is given back", async () => {
  const full = Object.assign(new Error("No space left on device"), { code: "ENOSPC" });
  const worker = await startWorker(engines, ({ store }) => ({
    store: { ...store, keepArtefact: () => Promise.reject(full) },
  }));
  const { folder, state, lines } = worker;
  const id = await worker.submit(tinyConfig(folder));
  while (!lines.some((line) => line.startsWith("storage-refuses")))
    await new Promise((resolve) => setTimeout(resolve, 10));
  expect(state.runs.get(id)).toMatchObject({ state: "running", error: null });
  expect(state.runs.get(id)!.tasks[0]).toMatchObject({ state: "waiting", attempts: 0, error: null });
});

test("what another worker is doing for another run is left to it, and taken up later", async () => {
  let refusals = 0;
  const busyOnce = (state: State): State => ({
    ...state,
    queue: {
      ...state.queue,
      begin: (claim, key) => {
        if (claim.task !== "seed-1/pretrain" || refusals > 0) return state.queue.begin(claim, key);
        refusals++;
        return false;
      },
    },
  });
  const worker = await startWorker(engines, ({ state }) => ({ state: busyOnce(state) }));
  const run = await worker.until(await worker.submit(tinyConfig(worker.folder)), isFinished);
  expect(refusals).toBe(1);
  expect(run.tasks.every(({ attempts }) => attempts === 1)).toBe(true);
});

test("a run whose images change under it fails and says so; retried, it begins anew", async () => {
  let looks = 0;
  const worker = await startWorker(engines, ({ datasets }) => ({
    datasets: {
      look: datasets.look,
      load: async (name) => {
        const dataset = await datasets.load(name);
        return ++looks === 1
          ? dataset
          : { ...dataset, test: { ...dataset.test, imagesSha256: "0".repeat(64) } };
      },
    },
  }));
  const { folder, state } = worker;
  const id = await worker.submit(tinyConfig(folder));
  const failed = await worker.until(id, isFailed);
  expect(failed.error).toMatch(
    /^Pre-training: Cannot go on as the data set must be the one that the run began with/,
  );
  await state.runs.retry(id);
  const run = await worker.until(id, isFinished);
  expect(run.datasetSummary!.test.imagesSha256).toBe("0".repeat(64));
});

test("a run on images that stand in for others says so also when another build begins it anew", async () => {
  const first = await startWorker(engines);
  const { state, folder, parts } = first;
  const small = { dataset: { name: "auto", train: 40, test: 20 } };
  const id = await first.submit(tinyConfig(folder, small));
  const { datasetSummary } = await first.until(id, ({ tasks }) => tasks[0]!.state === "finished");
  expect(datasetSummary!.warning).toMatch(/Fashion-MNIST/);
  await first.stop();
  expect(state.runs.get(id)!.state).toBe("running");
  state.queue.farewell(parts.identity.id);
  const controller = new AbortController();
  const second = runWorker({
    ...parts,
    identity: { id: "second", build: "another build", code: "code-2" },
    signal: controller.signal,
  });
  const run = await first.until(id, isFinished);
  controller.abort();
  await second;
  expect(run.datasetSummary).toEqual(datasetSummary);
  expect(run.standIn).toBe(true);
});
