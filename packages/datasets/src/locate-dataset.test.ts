import { expect, test } from "vitest";
import { locateDataset } from "./locate-dataset.ts";
import { createMemoryFiles } from "./testing/memory-files.ts";

const options = { files: createMemoryFiles(), dataDir: "data", cacheDir: "cache", fetch };
const some = Uint8Array.of(1);
const THREE = {
  "data/mnist/train-images-idx3-ubyte.gz": some,
  "data/mnist/train-labels.idx1-ubyte": some,
  "data/mnist/t10k-images-idx3-ubyte": some,
};

test("locateDataset() says that the synthetic set is drawn", async () => {
  expect(await locateDataset("synthetic", options)).toEqual({ kind: "drawn" });
});

test("locateDataset() finds each file in the data folder or the cache", async () => {
  const inData = createMemoryFiles({ ...THREE, "data/mnist/t10k-labels-idx1-ubyte": some });
  expect(await locateDataset("mnist", { ...options, files: inData })).toEqual({
    kind: "found",
    folders: ["data/mnist"],
  });
  const inBoth = createMemoryFiles({ ...THREE, "cache/mnist/t10k-labels-idx1-ubyte.gz": some });
  expect(await locateDataset("mnist", { ...options, files: inBoth })).toEqual({
    kind: "found",
    folders: ["data/mnist", "cache/mnist"],
  });
});

test("locateDataset() says where a missing file would go, and how much is to be downloaded", async () => {
  // 9,912,422 + 28,881 + 1,648,877 + 4,542 bytes: the sizes of the four official .gz files.
  const expected = { kind: "download", folder: "cache/mnist", bytes: 11_594_722 };
  expect(await locateDataset("mnist", { ...options, files: createMemoryFiles(THREE) })).toEqual(expected);
});

test.each([{ fetch: null }, { cacheDir: null }])(
  "locateDataset() says when nothing can be had: %j",
  async (without) => {
    expect(await locateDataset("mnist", { ...options, ...without })).toEqual({ kind: "unavailable" });
  },
);
