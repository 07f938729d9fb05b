import { parseExperimentConfig } from "@gambeson/contract";
import { describe, expect, test } from "vitest";
import { modelsOf, plan } from "./plan.ts";
import { PRESETS } from "./presets.ts";

const SIZES = { train: 60_000, test: 10_000 };

describe("plan()", () => {
  test.each(Object.keys(PRESETS))("%s: every task comes once, after those it takes from", (name) => {
    const tasks = plan(parseExperimentConfig({ ...PRESETS[name]!.config, seeds: [1, 2] }), SIZES);
    const before = new Set<string>();
    for (const { id, inputs, cost } of tasks) {
      for (const { task } of Object.values(inputs)) expect(before).toContain(task);
      expect(before).not.toContain(id);
      expect(cost).toBeGreaterThan(0);
      before.add(id);
    }
  });

  test("crafts training images only where a regime trains on them", () => {
    const tasksOf = (regime: object) =>
      plan(
        parseExperimentConfig({ regimes: [regime], evaluation: { epsilonReference: { model: "x" } } }),
        SIZES,
      ).map(({ id }) => id);
    expect(tasksOf({ kind: "vanilla", id: "x" })).not.toContain("seed-1/craft-train");
    expect(tasksOf({ kind: "deep-defense", id: "x", images: "benign" })).not.toContain("seed-1/craft-train");
    expect(tasksOf({ kind: "deep-defense", id: "x" })).toContain("seed-1/craft-train");
    expect(tasksOf({ kind: "fine-tuned", id: "x" })).toContain("seed-1/craft-train");
  });
});

describe("the report preset", () => {
  const config = parseExperimentConfig(PRESETS.report!.config);

  test("has the report's settings: method.md, sections 1 to 4", () => {
    expect(config.model).toEqual({ hidden: [100], initialDeviation: 0.01 });
    expect(config.adam).toEqual({ beta1: 0.9, beta2: 0.999, epsilon: 1e-7 });
    expect(config.pretraining).toEqual({ epochs: 10, batchSize: 64, learningRate: 1e-3 });
    const [vanilla, fineTuned, deepDefense, benign] = config.regimes;
    expect(vanilla).toMatchObject({ kind: "vanilla", epochs: 5, batchSize: 64, learningRate: 1e-3 });
    expect(fineTuned).toMatchObject({ kind: "fine-tuned", epochs: 5, batchSize: 64, learningRate: 5e-4 });
    const regularised = {
      epochs: 5,
      batchSize: 100,
      learningRate: 5e-4,
      lambda: 15,
      c: 25,
      d: 5,
      exponentCap: 20,
    };
    expect(deepDefense).toMatchObject({ ...regularised, images: "deepfool", perturbation: "recomputed" });
    expect(deepDefense).toMatchObject({
      deepFool: { maxSteps: 5, convention: "test-with", overshoot: 0.02 },
    });
    expect(benign).toMatchObject({ ...regularised, images: "benign" });
    const { deepFool, fgs, accuracyAt, curve, samples } = config.evaluation;
    expect(deepFool).toMatchObject({
      maxSteps: 6,
      convention: "in-loop",
      overshoot: 0.02,
      margin: 0,
      clip: false,
    });
    expect([fgs.clip, accuracyAt, curve.upTo, samples.epsilon]).toEqual([false, [0.2, 0.5, 1], 2, 0.05]);
    expect(curve.points).toBeGreaterThanOrEqual(50);
  });

  test("has four regimes beside the pre-trained model", () => {
    expect(modelsOf(config).map(({ label }) => label)).toEqual([
      "Pre-trained",
      "Vanilla",
      "Fine-tuned",
      "Deep Defense",
      "Deep Defense, benign images",
    ]);
  });
});
