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

test("locateDataset() finds a whole set in the data folder, else in the cache", async () => {
  const inData = createMemoryFiles({ ...THREE, "data/mnist/t10k-labels-idx1-ubyte": some });
  expect(await locateDataset("mnist", { ...options, files: inData })).toEqual({
    kind: "found",
    folder: "data/mnist",
  });
  const inCache = createMemoryFiles(
    Object.fromEntries([...inData.entries].map(([path, bytes]) => [path.replace("data/", "cache/"), bytes])),
  );
  expect(await locateDataset("mnist", { ...options, files: inCache })).toEqual({
    kind: "found",
    folder: "cache/mnist",
  });
});

test("locateDataset() says what is wrong with the data folder", async () => {
  expect(await locateDataset("mnist", { ...options, files: createMemoryFiles(THREE) })).toEqual({
    kind: "unusable",
    reason:
      "Cannot load MNIST as data/mnist must hold all four of its files: current value lacks t10k-labels-idx1-ubyte",
  });
  const tooDeep = { ...options, files: createMemoryFiles(THREE), dataDir: "data/mnist" };
  expect(await locateDataset("mnist", tooDeep)).toEqual({
    kind: "unusable",
    reason:
      "Cannot load MNIST as the data folder must be the one above mnist/: current value data/mnist holds IDX files itself",
  });
});

test("locateDataset() says where a missing file would go, and how much is to be downloaded", async () => {
  // 9,912,422 + 28,881 + 1,648,877 + 4,542 bytes: the sizes of the four official .gz files.
  const expected = { kind: "download", folder: "cache/mnist", bytes: 11_594_722 };
  expect(await locateDataset("mnist", { ...options, dataDir: null })).toEqual(expected);
  const inPart = createMemoryFiles({ "cache/mnist/train-images-idx3-ubyte.gz": some });
  expect(await locateDataset("mnist", { ...options, files: inPart })).toEqual(expected);
});

test.each([{ fetch: null }, { cacheDir: null }])(
  "locateDataset() says when nothing can be had: %j",
  async (without) => {
    expect(await locateDataset("mnist", { ...options, ...without })).toEqual({ kind: "unavailable" });
  },
);
