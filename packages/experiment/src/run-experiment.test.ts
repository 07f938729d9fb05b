import { parseResult, type Result } from "@gambeson/contract";
import type { Dataset } from "@gambeson/datasets";
import { startBackend, stopBackend, tf } from "@gambeson/runtime";
import { disposeState } from "@gambeson/training";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunEvent } from "./run-event.ts";
import { memoryStore } from "./testing/memory-store.ts";
import { smallConfig, smallDataset, smallRun } from "./testing/small-run.ts";
import { readCheckpoint } from "./training-file.ts";

let dataset: Dataset;
let whole: Awaited<ReturnType<typeof smallRun>>;
let tensors = 0;
beforeAll(async () => {
  await startBackend({ threads: 1 });
  dataset = await smallDataset();
  tensors = tf.memory().numTensors;
  whole = await smallRun(smallConfig(), { dataset });
});
afterAll(async () => {
  expect(tf.memory().numTensors).toBe(tensors);
  await stopBackend();
});

/** All of a result but the wall-clock facts, as text. */
function lasting(result: Result): string {
  return JSON.stringify({ ...result, timings: null });
}

describe("runExperiment()", () => {
  test("gives a result that reads back, with every model measured in full", () => {
    const result = parseResult(JSON.parse(JSON.stringify(whole.result)));
    const [seed] = result.seeds;
    const ids = ["pretrained", "vanilla", "fine-tuned", "deep-defense", "benign", "frozen"];
    expect(seed!.models.map(({ id }) => id)).toEqual(ids);
    for (const model of seed!.models) {
      expect(model.confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(200);
      expect(model.curve?.epsilons).toHaveLength(50);
      expect(model.accuracyAt?.map(({ factor }) => factor)).toEqual([0.2, 0.5, 1]);
      expect(Object.values(model.roc).map((curves) => curves.length)).toEqual([10, 10, 10]);
      expect(model.robustness.rho2).toBeGreaterThan(0);
      // Confusions on the diagonal are the correct answers; at epsilon 0 the curve starts from them.
      const right = model.confusion.reduce((sum, row, k) => sum + row[k]!, 0);
      expect([model.accuracy.count, model.curve?.correct[0]]).toEqual([right, right]);
      expect(model.diagnostics.wrongBefore.count).toBe(200 - right);
    }
    expect(seed!.models[0]!.accuracy.count).toBeGreaterThan(80);
    expect(whole.weights.map(({ name }) => name)).toEqual(ids);
  });

  test("finds the eps_ref at which the reference model misclassifies half", () => {
    const [seed] = whole.result.seeds;
    const reference = seed!.models.find(({ id }) => id === "deep-defense")!;
    const at = reference.accuracyAt!.find(({ factor }) => factor === 1)!;
    expect(at.epsilon).toBe(seed!.epsilonReference);
    // The smallest epsilon where 100 or more of 200 are wrong, to 1e-5: a step of the bisection moves few images.
    expect(at.accuracy.count).toBeLessThanOrEqual(100);
    expect(at.accuracy.count).toBeGreaterThan(95);
  });

  test("takes the pre-trained model's own DeepFool images as the transferred ones", () => {
    const { roc } = whole.result.seeds[0]!.models[0]!;
    expect(roc.transferred).toEqual(roc.own);
  });

  test("trains with a frozen perturbation as if there were no regulariser, whatever its weight", async () => {
    const run = await smallRun(
      smallConfig({
        regimes: [
          { kind: "deep-defense", epochs: 1 },
          { kind: "deep-defense", epochs: 1, id: "frozen", perturbation: "frozen" },
          { kind: "deep-defense", epochs: 1, id: "heavier", perturbation: "frozen", lambda: 150 },
        ],
      }),
      { dataset },
    );
    const [, recomputed, frozen, heavier] = run.result.seeds[0]!.models;
    expect(frozen!.training[0]!.regulariser).toBeGreaterThan(0);
    expect(heavier!.weightsSha256).toBe(frozen!.weightsSha256);
    expect(recomputed!.weightsSha256).not.toBe(frozen!.weightsSha256);
  });

  test("tells its progress, from 0 to 1 and never back", () => {
    const shares = whole.events.flatMap((event) => (event.kind === "epoch-finished" ? [] : [event.runShare]));
    expect(shares[0]).toBe(0);
    expect(shares.at(-1)).toBeCloseTo(1, 12);
    shares.slice(1).forEach((share, index) => {
      expect(share).toBeGreaterThanOrEqual(shares[index]!);
    });
    const finished = whole.events.filter((event) => event.kind === "task-finished");
    expect(finished).toHaveLength(finished[0]!.of);
    expect(whole.result.timings.tasks.every(({ reused, seconds }) => !reused && seconds > 0)).toBe(true);
  });

  test("gives the same bytes again, and others for another seed", async () => {
    const again = await smallRun(smallConfig(), { dataset });
    expect(lasting(again.result)).toBe(lasting(whole.result));
    const other = await smallRun(smallConfig({ seeds: [2] }), { dataset });
    expect(other.result.seeds[0]!.models[0]!.weightsSha256).not.toBe(
      whole.result.seeds[0]!.models[0]!.weightsSha256,
    );
  });

  test("does nothing twice that the store has", async () => {
    const store = memoryStore();
    const first = await smallRun(smallConfig(), { dataset, store });
    // What things are called decides nothing.
    const renamed = smallConfig().regimes.map((regime, i) => ({
      ...regime,
      id: `model-${i}`,
      label: `Model ${i}`,
    }));
    const again = await smallRun(
      smallConfig({
        name: "renamed",
        regimes: renamed,
        evaluation: { curve: { points: 50 }, epsilonReference: { model: "model-2" } },
      }),
      { dataset, store },
    );
    expect(again.events.every((event) => event.kind === "task-finished" && event.reused)).toBe(true);
    const hashes = ({ result }: typeof first) => result.seeds[0]!.models.map((model) => model.weightsSha256);
    expect(hashes(again)).toEqual(hashes(first));
    // Another lambda changes one training and what is measured on it and by its eps_ref; all else is there.
    const config = smallConfig();
    const regimes = config.regimes.map((regime) =>
      regime.kind === "deep-defense" && regime.id === "deep-defense" ? { ...regime, lambda: 2 } : regime,
    );
    const changed = await smallRun({ ...config, regimes }, { dataset, store });
    const done = changed.events.flatMap((event) =>
      event.kind === "task-finished" && !event.reused ? [event.task] : [],
    );
    expect(done).toEqual([
      "seed-1/deep-defense/train",
      "seed-1/deep-defense/evaluate",
      "seed-1/deep-defense/sample",
      "seed-1/epsilon-reference",
      ...["pretrained", "vanilla", "fine-tuned", "deep-defense", "benign", "frozen"].map(
        (id) => `seed-1/${id}/sweep`,
      ),
    ]);
  });

  test.each([
    ["in the first epoch", (event: RunEvent) => event.kind === "task-progress" && event.share > 0],
    ["after an epoch", (event: RunEvent) => event.kind === "epoch-finished" && event.metrics.epoch === 2],
    ["while it crafts", (event: RunEvent) => event.kind === "task-progress" && event.task.includes("craft")],
    [
      "in Deep Defense",
      (event: RunEvent) => event.kind === "epoch-finished" && event.task.includes("deep-defense"),
    ],
    ["while it sweeps", (event: RunEvent) => event.kind === "task-progress" && event.task.includes("sweep")],
  ])("stopped %s and started again, goes on and gives the same bytes", async (_, when) => {
    const store = memoryStore();
    const controller = new AbortController();
    let epochs = 0;
    const stopped = smallRun(smallConfig(), {
      dataset,
      store,
      signal: controller.signal,
      onEvent: (event) => {
        if (event.kind === "epoch-finished") epochs++;
        if (when(event)) controller.abort();
      },
    });
    await expect(stopped).rejects.toThrow("aborted");
    expect(tf.memory().numTensors).toBe(tensors);

    const resumed = await smallRun(smallConfig(), { dataset, store });
    epochs += resumed.events.filter(({ kind }) => kind === "epoch-finished").length;
    expect(lasting(resumed.result)).toBe(lasting(whole.result));
    expect(resumed.weights).toEqual(whole.weights);
    // No epoch is trained twice: 3 + 1 + 1 + 2 + 1 + 1.
    expect(epochs).toBe(9);
  });

  test("keeps a checkpoint every second epoch where told to, and goes on from it to the same bytes", async () => {
    const kept: number[] = [];
    const store = memoryStore();
    const counted = {
      ...store,
      keepCheckpoint: async (key: string, bytes: Uint8Array<ArrayBuffer>) => {
        const { state } = readCheckpoint(bytes);
        kept.push(state.epoch);
        disposeState(state);
        await store.keepCheckpoint(key, bytes);
      },
    };
    const controller = new AbortController();
    const stopped = smallRun(smallConfig(), {
      dataset,
      store: counted,
      checkpointEvery: 2,
      signal: controller.signal,
      onEvent: (event) => {
        if (event.kind === "task-progress" && event.note.startsWith("epoch 3/3")) controller.abort();
      },
    });
    await expect(stopped).rejects.toThrow("aborted");
    expect(kept).toEqual([2]);
    const resumed = await smallRun(smallConfig(), { dataset, store: counted, checkpointEvery: 2 });
    expect(lasting(resumed.result)).toBe(lasting(whole.result));
    expect(resumed.weights).toEqual(whole.weights);
    const epochs = resumed.events.flatMap((event) =>
      event.kind === "epoch-finished" && event.task === "seed-1/pretrain" ? [event.metrics.epoch] : [],
    );
    expect(epochs).toEqual([3]);
    // Of the rest only Deep Defense has two epochs.
    expect(kept).toEqual([2, 2]);
  });

  test.each([0, -1, 1.5, NaN])("refuses to keep a checkpoint every %d epochs", async (checkpointEvery) => {
    await expect(smallRun(smallConfig(), { dataset, checkpointEvery })).rejects.toThrow(
      `'checkpointEvery' must be a positive integer: current value is ${checkpointEvery}`,
    );
  });

  test("goes on without an eps_ref where no epsilon suffices", async () => {
    const { regimes } = smallConfig();
    const { result } = await smallRun(
      smallConfig({
        regimes: regimes.slice(2, 3),
        evaluation: { epsilonReference: { upTo: 0.001, step: 0.001, misclassified: 1 } },
      }),
      { dataset },
    );
    const [seed] = result.seeds;
    expect(seed!.epsilonReference).toBeNull();
    for (const model of seed!.models) expect([model.curve, model.accuracyAt]).toEqual([null, null]);
    expect(parseResult(JSON.parse(JSON.stringify(result))).seeds).toHaveLength(1);
  });

  test("runs each seed as an experiment of its own", async () => {
    const regimes = smallConfig().regimes.slice(2, 3);
    const both = await smallRun(smallConfig({ seeds: [1, 5], regimes }), { dataset });
    const alone = await smallRun(smallConfig({ seeds: [5], regimes }), { dataset });
    expect(both.result.seeds.map(({ seed }) => seed)).toEqual([1, 5]);
    expect(both.result.seeds[1]).toEqual(alone.result.seeds[0]);
    expect(both.weights.map(({ name }) => name)).toEqual([
      "seed-1-pretrained",
      "seed-1-deep-defense",
      "seed-5-pretrained",
      "seed-5-deep-defense",
    ]);
  });

  test("clips where it is told to, in pixels", async () => {
    const regimes = smallConfig().regimes.slice(2, 3);
    const { result } = await smallRun(
      smallConfig({ regimes, evaluation: { deepFool: { clip: true }, fgs: { clip: true } } }),
      { dataset },
    );
    const rho2 = (from: Result) => from.seeds[0]!.models[0]!.robustness.rho2;
    expect(rho2(result)).not.toBe(rho2(whole.result));
  });
});
