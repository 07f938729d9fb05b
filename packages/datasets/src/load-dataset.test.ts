import { describe, expect, test } from "vitest";
import type { DatasetOptions } from "./dataset-options.ts";
import { DatasetUnavailableError } from "./dataset-unavailable-error.ts";
import { isFolderPath, loadDataset } from "./load-dataset.ts";
import { imageBytes, labelBytes } from "./testing/idx-bytes.ts";
import { createMemoryFiles } from "./testing/memory-files.ts";
import { nodeFiles } from "./testing/node-files.ts";

const offline: DatasetOptions = { files: createMemoryFiles(), dataDir: null, cacheDir: null, fetch: null };
const DATA_DIR = process.env.GAMBESON_DATA_DIR ?? null;
if (DATA_DIR === null)
  console.warn("GAMBESON_DATA_DIR is not set: loadDataset() is tested without Fashion-MNIST.");

test.each([
  ["./mine", true],
  ["../mine", true],
  [".", true],
  ["data/mine", true],
  ["C:\\mine", true],
  ["mine", false],
  ["", false],
])("isFolderPath(%j) is %s", (name, expected) => {
  expect(isFolderPath(name)).toBe(expected);
});

describe("loadDataset()", () => {
  test("draws the synthetic set, without a warning when it is asked for by name", async () => {
    const dataset = await loadDataset("synthetic", offline);
    expect(dataset).toMatchObject({
      name: "synthetic",
      synthetic: true,
      warning: null,
      height: 28,
      width: 28,
    });
    expect([dataset.train.count, dataset.test.count]).toEqual([12_000, 2_000]);
  });

  test("draws the synthetic set for auto where Fashion-MNIST is not to be had, with a warning, and tells why", async () => {
    const reasons: string[] = [];
    const onFallback = ({ message }: DatasetUnavailableError) => reasons.push(message);
    const { name, synthetic, warning } = await loadDataset("auto", { ...offline, onFallback });
    expect([name, synthetic]).toEqual(["synthetic", true]);
    expect(warning).toMatch(/^NOT Fashion-MNIST: these images were drawn by code, [^\n]+$/);
    expect(reasons).toEqual([expect.stringMatching(/^Cannot load Fashion-MNIST as /)]);
  });

  test("gives Fashion-MNIST for auto where the data folder holds it", async () => {
    const options = { ...offline, files: nodeFiles, dataDir: DATA_DIR };
    const { name, synthetic, warning } = await loadDataset("auto", options);
    const expected = DATA_DIR === null ? ["synthetic", true, false] : ["fashion-mnist", false, true];
    expect([name, synthetic, warning === null]).toEqual(expected);
  });

  test.each(["fashion-mnist", "mnist"])("never falls back for %s", async (name) => {
    await expect(loadDataset(name, offline)).rejects.toThrow(DatasetUnavailableError);
  });

  test.each([
    [
      "some of the files",
      "data/fashion-mnist/train-images-idx3-ubyte",
      "Cannot load Fashion-MNIST as data/fashion-mnist must hold all four of its files: current value lacks " +
        "train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte",
    ],
    [
      "a folder too deep",
      "data/train-labels.idx1-ubyte.gz",
      "Cannot load Fashion-MNIST as the data folder must be the one above fashion-mnist/: current value data holds IDX files itself",
    ],
  ])("does not hide %s behind auto", async (_, path, message) => {
    const options = { ...offline, files: createMemoryFiles({ [path]: Uint8Array.of(1) }), dataDir: "data" };
    await expect(loadDataset("auto", options)).rejects.toThrow(new RangeError(message));
  });

  test("does not hide damaged files behind auto", async () => {
    const stems = ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"];
    const entries = stems.map((stem) => [`data/fashion-mnist/${stem}-ubyte`, Uint8Array.of(1, 2, 3)]);
    const files = createMemoryFiles(Object.fromEntries(entries) as Record<string, Uint8Array<ArrayBuffer>>);
    await expect(loadDataset("auto", { ...offline, files, dataDir: "data" })).rejects.toThrow(
      /^Cannot use data\/fashion-mnist\/train-images-idx3-ubyte as the SHA-256/,
    );
  });

  test("does not take an abort for a missing data set", async () => {
    const controller = new AbortController();
    const fetch: DatasetOptions["fetch"] = () => {
      controller.abort(new Error("stopped by the user"));
      return Promise.reject(new Error("aborted"));
    };
    const options = { ...offline, cacheDir: "cache", fetch, signal: controller.signal };
    await expect(loadDataset("auto", options)).rejects.toThrow("stopped by the user");
  });

  test("reads a folder", async () => {
    const files = createMemoryFiles({
      "./mine/train-images-idx3-ubyte": imageBytes([2, 1, 1], [1, 2]),
      "./mine/train-labels-idx1-ubyte": labelBytes([1, 0]),
      "./mine/t10k-images-idx3-ubyte": imageBytes([1, 1, 1], [2]),
      "./mine/t10k-labels-idx1-ubyte": labelBytes([0]),
    });
    expect((await loadDataset("./mine", { ...offline, files })).classNames).toEqual(["class 0", "class 1"]);
  });

  test.each(["cifar-10", "", "Fashion-MNIST", "toString"])(
    "lists the names it knows when asked for %j",
    async (name) => {
      await expect(loadDataset(name, offline)).rejects.toThrow(
        new RangeError(
          "Cannot load a data set as its name must be one of auto, fashion-mnist, mnist, synthetic, or a folder's path " +
            `(such as ./my-data): current value is "${name}"`,
        ),
      );
    },
  );
});
