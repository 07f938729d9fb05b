import { sha256, type Dataset } from "@gambeson/datasets";
import { startBackend, stopBackend } from "@gambeson/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { completeTask, type TaskHost } from "./complete-task.ts";
import { inputHashes, outputHash } from "./output-hash.ts";
import { plan } from "./plan.ts";
import type { TaskRecord } from "./store.ts";
import { tensorEngine } from "./tensor-engine.ts";
import { memoryStore } from "./testing/memory-store.ts";
import { smallConfig, smallDataset, smallRun } from "./testing/small-run.ts";

let dataset: Dataset;
beforeAll(async () => {
  await startBackend({ threads: 1 });
  dataset = await smallDataset();
});
afterAll(stopBackend);

/** A host whose clock ticks a second a look; it notes what it is told. */
function host(store = memoryStore()): TaskHost & { readonly told: string[] } {
  const told: string[] = [];
  let seconds = 0;
  return {
    dataset,
    store,
    engine: tensorEngine,
    clock: () => seconds++ * 1000,
    signal: new AbortController().signal,
    onStart: () => told.push("start"),
    onProgress: () => undefined,
    onEpoch: ({ epoch }) => told.push(`epoch ${epoch}`),
    told,
  };
}

const tasks = () => plan(smallConfig(), { train: dataset.train.count, test: dataset.test.count });

describe("completeTask()", () => {
  test("runs a task, records it with its outputs, and does not run it again", async () => {
    const store = memoryStore();
    const [pretrain] = tasks();
    const first = host(store);
    const { record, reused } = await completeTask(pretrain!, "a key", {}, first);
    expect(reused).toBe(false);
    expect(first.told).toEqual(["start", "epoch 1", "epoch 2", "epoch 3"]);
    expect(record).toMatchObject({ key: "a key", id: "seed-1/pretrain", kind: "pretrain", seconds: 1 });
    expect(Object.keys(record.outputs).sort()).toEqual(["adam", "epochs", "weights"]);
    for (const hash of Object.values(record.outputs)) {
      expect(await sha256(await store.artefact(hash))).toBe(hash);
    }
    expect(await store.finished("a key")).toEqual(record);
    expect(await store.checkpoint("a key")).toBeNull();

    const second = host(store);
    expect(await completeTask(pretrain!, "a key", {}, second)).toEqual({ record, reused: true });
    expect(second.told).toEqual([]);
  });

  test("records nothing when an artefact cannot be kept", async () => {
    const store = memoryStore();
    const failing = { ...store, keepArtefact: () => Promise.reject(new Error("the disk is full")) };
    await expect(completeTask(tasks()[0]!, "a key", {}, { ...host(), store: failing })).rejects.toThrow(
      "the disk is full",
    );
    expect(await store.finished("a key")).toBeNull();
  });

  test("one task after another gives what a run gives", async () => {
    const config = smallConfig();
    const store = memoryStore();
    const finished = new Map<string, TaskRecord>();
    for (const task of tasks()) {
      const { record } = await completeTask(task, task.id, inputHashes(task, finished), host(store));
      finished.set(task.id, record);
    }
    const whole = memoryStore();
    await smallRun(config, { dataset, store: whole });
    const outputs = [...whole.records.values()].map(({ id, outputs }) => [id, outputs]);
    expect([...finished.values()].map((record) => [record.id, record.outputs])).toEqual(outputs);
  });
});

describe("inputHashes()", () => {
  test("names what earlier tasks gave, and says what is missing", () => {
    const craft = tasks().find(({ kind }) => kind === "craft")!;
    const finished = new Map([["seed-1/pretrain", { outputs: { weights: "abc" } }]]);
    expect(inputHashes(craft, finished)).toEqual({ weights: "abc" });
    expect(() => inputHashes(craft, new Map())).toThrow(
      "Cannot go on as task 'seed-1/pretrain' must have given 'weights'",
    );
    expect(() => outputHash(finished, { task: "seed-1/pretrain", output: "adam" })).toThrow(TypeError);
  });
});
