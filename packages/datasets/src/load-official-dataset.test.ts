import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { DatasetOptions } from "./dataset-options.ts";
import { DatasetUnavailableError } from "./dataset-unavailable-error.ts";
import { DATASETS, DOWNLOAD_HOSTS, type OfficialDataset } from "./datasets.ts";
import { loadOfficialDataset } from "./load-official-dataset.ts";
import { imageBytes, labelBytes } from "./testing/idx-bytes.ts";
import { createMemoryFiles } from "./testing/memory-files.ts";
import { nodeFiles } from "./testing/node-files.ts";

const CONTENT = {
  "train-images-idx3-ubyte": imageBytes([2, 1, 2], [1, 2, 3, 4]),
  "train-labels-idx1-ubyte": labelBytes([0, 1]),
  "t10k-images-idx3-ubyte": imageBytes([1, 1, 2], [5, 6]),
  "t10k-labels-idx1-ubyte": labelBytes([1]),
};

const TINY: OfficialDataset = {
  ...DATASETS.mnist,
  name: "tiny",
  title: "Tiny",
  classNames: ["a", "b"],
  height: 1,
  width: 2,
  files: {
    trainImages: fileOf("train-images-idx3-ubyte"),
    trainLabels: fileOf("train-labels-idx1-ubyte"),
    testImages: fileOf("t10k-images-idx3-ubyte"),
    testLabels: fileOf("t10k-labels-idx1-ubyte"),
  },
  addresses: ["https://first.example/tiny/", "https://mirror.example/"],
};

function fileOf(stem: keyof typeof CONTENT) {
  const bytes = CONTENT[stem];
  return { stem, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** All four files, under `prefix`. */
function filesUnder(prefix: string, name = (stem: string) => stem): Record<string, Uint8Array<ArrayBuffer>> {
  return Object.fromEntries(
    Object.entries(CONTENT).map(([stem, bytes]) => [`${prefix}/${name(stem)}`, encode(name(stem), bytes)]),
  );
}

function encode(name: string, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(name.endsWith(".gz") ? gzipSync(bytes) : bytes);
}

function optionsOf(files: DatasetOptions["files"], more: Partial<DatasetOptions> = {}): DatasetOptions {
  return { files, dataDir: "data", cacheDir: "cache", fetch: refuse, ...more };
}

const refuse: NonNullable<DatasetOptions["fetch"]> = (address) =>
  Promise.reject(new Error(`asked for ${address}`));

describe("loadOfficialDataset()", () => {
  test.each([
    ["plain", (stem: string) => stem],
    ["gzipped", (stem: string) => `${stem}.gz`],
    ["plain, with dots", (stem: string) => stem.replace("-idx", ".idx")],
    ["gzipped, with dots", (stem: string) => `${stem.replace("-idx", ".idx")}.gz`],
  ])("reads the data folder's files, %s", async (_, name) => {
    const dataset = await loadOfficialDataset(
      TINY,
      optionsOf(createMemoryFiles(filesUnder("data/tiny", name))),
    );
    expect(dataset).toMatchObject({
      name: "tiny",
      title: "Tiny",
      height: 1,
      width: 2,
      synthetic: false,
      warning: null,
    });
    expect([...dataset.train.images]).toEqual([1, 2, 3, 4]);
    expect([...dataset.train.labels]).toEqual([0, 1]);
    expect([...dataset.test.images]).toEqual([5, 6]);
    expect(dataset.test.labelsSha256).toBe(TINY.files.testLabels.sha256);
  });

  test("looks into the cache next", async () => {
    const files = createMemoryFiles({ ...filesUnder("cache/tiny"), "data/other/file": Uint8Array.of(1) });
    expect((await loadOfficialDataset(TINY, optionsOf(files))).train.count).toBe(2);
    expect((await loadOfficialDataset(TINY, optionsOf(files, { dataDir: null }))).train.count).toBe(2);
  });

  test("downloads what is missing into the cache, and needs no network after it", async () => {
    const files = createMemoryFiles();
    const asked: string[] = [];
    const fetch: DatasetOptions["fetch"] = (address) => {
      asked.push(address);
      const stem = (address.split("/").pop() ?? "").replace(".gz", "") as keyof typeof CONTENT;
      return Promise.resolve(new Response(encode("x.gz", CONTENT[stem])));
    };
    const dataset = await loadOfficialDataset(TINY, optionsOf(files, { fetch }));
    expect([...dataset.train.images]).toEqual([1, 2, 3, 4]);
    expect(asked).toEqual(Object.keys(CONTENT).map((stem) => `https://first.example/tiny/${stem}.gz`));
    expect([...files.entries.keys()]).toEqual(Object.keys(CONTENT).map((stem) => `cache/tiny/${stem}.gz`));
    expect((await loadOfficialDataset(TINY, optionsOf(files))).test.count).toBe(1);
  });

  test("replaces a damaged file of the cache", async () => {
    const files = createMemoryFiles({ ...filesUnder("cache/tiny", (stem) => `${stem}.gz`) });
    files.entries.set("cache/tiny/t10k-labels-idx1-ubyte.gz", Uint8Array.of(0x1f, 0x8b, 0));
    const fetch = () => Promise.resolve(new Response(CONTENT["t10k-labels-idx1-ubyte"]));
    expect([...(await loadOfficialDataset(TINY, optionsOf(files, { fetch }))).test.labels]).toEqual([1]);
    expect(files.entries.get("cache/tiny/t10k-labels-idx1-ubyte.gz")).toEqual(
      CONTENT["t10k-labels-idx1-ubyte"],
    );
  });

  test("refuses another file in the data folder, and says both checksums", async () => {
    const files = createMemoryFiles(filesUnder("data/tiny"));
    const other = labelBytes([0]);
    files.entries.set("data/tiny/t10k-labels-idx1-ubyte", other);
    const found = createHash("sha256").update(other).digest("hex");
    await expect(loadOfficialDataset(TINY, optionsOf(files))).rejects.toThrow(
      new RangeError(
        "Cannot use data/tiny/t10k-labels-idx1-ubyte as the SHA-256 of its uncompressed content must be " +
          `${TINY.files.testLabels.sha256}: current value is ${found}`,
      ),
    );
  });

  test.each([
    ["a truncated gzip", encode("x.gz", CONTENT["t10k-images-idx3-ubyte"]).slice(0, -3), SyntaxError],
    ["an expanding gzip", encode("x.gz", new Uint8Array(100_000)), RangeError],
    ["too large a file", new Uint8Array(10_000), RangeError],
  ])("refuses %s in the data folder", async (_, bytes, kind) => {
    const files = createMemoryFiles(filesUnder("data/tiny", (stem) => `${stem}.gz`));
    files.entries.set("data/tiny/t10k-images-idx3-ubyte.gz", bytes);
    const failure = loadOfficialDataset(TINY, optionsOf(files));
    await expect(failure).rejects.toThrow(kind);
    await expect(failure).rejects.toThrow(/^Cannot read data\/tiny\/t10k-images-idx3-ubyte\.gz as [^\n]+$/);
  });

  test.each([
    ["no network", { fetch: null }],
    ["no cache", { cacheDir: null }],
    ["a network that fails", {}],
  ])("says what to do when the files are missing and there is %s", async (_, more) => {
    const failure = loadOfficialDataset(TINY, optionsOf(createMemoryFiles(), more));
    await expect(failure).rejects.toThrow(DatasetUnavailableError);
    await expect(failure).rejects.toThrow(
      /^Cannot (down)?load Tiny as [^\n]+; (or )?name a folder that has it with --data-dir$/,
    );
  });

  test("offline, says so in one short line", async () => {
    const lookup = new TypeError(
      "error sending request: client error (Connect): dns error: failed to lookup",
    );
    const fetch = () => Promise.reject(lookup);
    const failure = loadOfficialDataset(TINY, optionsOf(createMemoryFiles(), { fetch }));
    await expect(failure).rejects.toThrow(
      new DatasetUnavailableError(
        "Cannot download Tiny as one of its addresses must answer: no such host for first.example, mirror.example; " +
          "or name a folder that has it with --data-dir",
      ),
    );
  });

  test("stops at once when aborted", async () => {
    const files = createMemoryFiles(filesUnder("data/tiny"));
    const signal = AbortSignal.abort(new Error("stopped by the user"));
    await expect(loadOfficialDataset(TINY, optionsOf(files, { signal }))).rejects.toThrow(
      "stopped by the user",
    );
  });
});

const DATA_DIR = process.env.GAMBESON_DATA_DIR ?? null;
if (DATA_DIR === null) {
  console.warn(
    "GAMBESON_DATA_DIR is not set: the official checksums are tested on a made-up data set alone.",
  );
}

// Means of all training pixels / 255, as published: 0.2860 for Fashion-MNIST, 0.1307 for MNIST.
describe.each([
  ["fashion-mnist", 0.286],
  ["mnist", 0.1307],
] as const)("the official %s", (name, mean) => {
  const real = DATASETS[name];

  test("is described consistently", () => {
    expect(Object.values(real.files).map(({ bytes }) => bytes)).toEqual([
      16 + real.train * 784,
      8 + real.train,
      16 + real.test * 784,
      8 + real.test,
    ]);
    expect(real.classNames).toHaveLength(10);
    for (const address of real.addresses) {
      expect(address.endsWith("/")).toBe(true);
      expect(DOWNLOAD_HOSTS).toContain(new URL(address).host);
    }
  });

  test("has the known checksums, sizes and mean where the data folder holds it, and is asked for where not", async () => {
    const options = { files: nodeFiles, dataDir: DATA_DIR, cacheDir: null, fetch: null };
    if (DATA_DIR === null) {
      await expect(loadOfficialDataset(real, options)).rejects.toThrow(DatasetUnavailableError);
      return;
    }
    const { train, test } = await loadOfficialDataset(real, options);
    expect([train.count, train.height, train.width, test.count]).toEqual([60_000, 28, 28, 10_000]);
    const sum = train.images.reduce((total, pixel) => total + pixel, 0);
    expect(Math.abs(sum / train.images.length / 255 - mean)).toBeLessThan(5e-5);
    const counts = new Array<number>(10).fill(0);
    for (const label of test.labels) counts[label]! += 1;
    if (name === "fashion-mnist") expect(counts).toEqual(new Array(10).fill(1000));
    else expect(counts.every((count) => count > 800)).toBe(true);
  });
});
