import { describe, expect, test } from "vitest";
import type { StoredDataset, StoredWeights } from "../state.ts";
import { hash, testClock, type OpenState } from "./example-runs.ts";

export const WEIGHTS: StoredWeights = {
  sha256: hash("a"),
  name: "mine <b>'; --.safetensors",
  bytes: 1234,
  sizes: [784, 100, 10],
  uploadedAt: "2026-01-01T00:00:00.000Z",
};
export const DATASET: StoredDataset = {
  name: "upload-0123456789abcdef",
  title: "Mine 🛡️",
  train: 10,
  test: 5,
  height: 28,
  width: 27,
  classCount: 3,
  parts: { "train-images": hash("b"), "train-labels": hash("c") },
};

/** The contract of a library, for each implementation. */
export function describeLibrary(name: string, open: OpenState): void {
  describe(`the library of ${name}`, () => {
    test("a new one is empty", async () => {
      const { library } = await open({ now: testClock().now });
      expect([library.weights(), library.uploadedDatasets(), library.foundDatasets()]).toEqual([[], [], []]);
    });

    test("uploads are listed as they came", async () => {
      const { library } = await open({ now: testClock().now });
      const second = { ...WEIGHTS, sha256: hash("0"), name: "second" };
      await library.addWeights(WEIGHTS);
      await library.addWeights(second);
      await library.addDataset(DATASET);
      expect(library.weights()).toEqual([WEIGHTS, second]);
      expect(library.uploadedDatasets()).toEqual([DATASET]);
    });

    test("the same upload again is one, under its newer name", async () => {
      const { library } = await open({ now: testClock().now });
      await library.addWeights(WEIGHTS);
      await library.addWeights({ ...WEIGHTS, name: "renamed" });
      await library.addDataset(DATASET);
      await library.addDataset({ ...DATASET, title: "Renamed" });
      expect(library.weights()).toEqual([{ ...WEIGHTS, name: "renamed" }]);
      expect(library.uploadedDatasets()).toEqual([{ ...DATASET, title: "Renamed" }]);
    });

    test("of the data sets it has what was found last", async () => {
      const { library } = await open({ now: testClock().now });
      const found = [
        { name: "mnist", available: false, note: "Not here" },
        { name: "synthetic", available: true, note: "Drawn" },
      ];
      library.noteDatasets(found);
      expect(library.foundDatasets()).toEqual(found);
      library.noteDatasets([{ name: "mnist", available: true, note: "Here" }]);
      const byName = new Map(library.foundDatasets().map((entry) => [entry.name, entry]));
      expect(byName.size).toBe(2);
      expect(byName.get("mnist")).toEqual({ name: "mnist", available: true, note: "Here" });
    });
  });
}
