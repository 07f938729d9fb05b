import { readFile } from "node:fs/promises";
import { parseExperimentConfig } from "@gambeson/contract";
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

test("Deep Defense's rho2 is well over Vanilla's, and its accuracy is near", async () => {
  const dataset = await someImages();
  const config = parseExperimentConfig({
    pretraining: { epochs: 5 },
    regimes: [
      { kind: "vanilla", epochs: 3 },
      { kind: "deep-defense", images: "benign", epochs: 3 },
    ],
  });
  const { result } = await smallRun(config, { dataset });
  const [, vanilla, defended] = result.seeds[0]!.models;
  expect(vanilla!.accuracy.count).toBeGreaterThan(750);
  expect(defended!.accuracy.count).toBeGreaterThan(vanilla!.accuracy.count - 50);
  expect(defended!.robustness.rho2).toBeGreaterThan(1.15 * vanilla!.robustness.rho2);
  const atReference = [vanilla, defended].map((model) => model!.accuracyAt!.at(-1)!.accuracy.count);
  expect(atReference[1]).toBeGreaterThan(atReference[0]! + 50);
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
