import { readFile } from "node:fs/promises";
import { parseExperimentConfig, type ModelResult } from "@gambeson/contract";
import {
  drawSyntheticGarments,
  firstImages,
  loadDataset,
  type Dataset,
  type DatasetFiles,
} from "@gambeson/datasets";
import { startBackend, stopBackend } from "@gambeson/runtime";
import { afterAll, beforeAll, expect, test } from "vitest";
import { smallRun } from "./testing/small-run.ts";

/** The method's claim, on a share of the data small enough for a test: Deep Defense takes more to fool, at little cost. */
beforeAll(async () => {
  await startBackend({ threads: 1 });
});
afterAll(stopBackend);

test("Deep Defense's gradient through the perturbation makes a model that takes more to fool", async () => {
  const dataset = await someImages();
  // The frozen perturbation has the same schedule and images and no gradient: what it does, more training does.
  const { result } = await smallRun(
    parseExperimentConfig({
      pretraining: { epochs: 5 },
      regimes: [
        { kind: "deep-defense", images: "benign", epochs: 3 },
        { kind: "deep-defense", images: "benign", epochs: 3, id: "frozen", perturbation: "frozen" },
      ],
    }),
    { dataset },
  );
  const [, defended, frozen] = result.seeds[0]!.models;
  expect(frozen!.accuracy.count).toBeGreaterThan(750);
  expect(defended!.accuracy.count).toBeGreaterThan(frozen!.accuracy.count - 50);
  expect(defended!.robustness.rho2).toBeGreaterThan(1.15 * frozen!.robustness.rho2);
  const atReference = (model: ModelResult) => model.accuracyAt!.at(-1)!.accuracy.count;
  expect(atReference(defended!)).toBeGreaterThan(atReference(frozen!) + 30);
});

async function someImages(): Promise<Dataset> {
  const dataDir = process.env.GAMBESON_DATA_DIR;
  if (dataDir === undefined || dataDir === "") {
    console.warn(
      "GAMBESON_DATA_DIR is not set: Deep Defense is tested on the synthetic garments, not on Fashion-MNIST",
    );
    return await drawSyntheticGarments({ seed: 1, train: 6000, test: 1000 });
  }
  const dataset = await loadDataset("fashion-mnist", {
    files: readOnly,
    dataDir,
    cacheDir: null,
    fetch: null,
  });
  return { ...dataset, train: firstImages(dataset.train, 6000), test: firstImages(dataset.test, 1000) };
}

const refuse = () => Promise.reject(new Error("this test writes nothing"));
const readOnly: DatasetFiles = {
  read: async (path) => {
    try {
      return Uint8Array.from(await readFile(path));
    } catch {
      return null;
    }
  },
  size: async (path) => {
    try {
      return (await readFile(path)).length;
    } catch {
      return null;
    }
  },
  append: refuse,
  rename: refuse,
  remove: refuse,
};
