import { openStore } from "../disk/open-store.ts";
import { expect, test } from "vitest";
import type { StoredDataset } from "../state/state.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { tinyFolder } from "../testing/tiny-experiment.ts";
import { createWorkerDatasets } from "./worker-datasets.ts";

const FILES = {
  "train-images": "train-images-idx3-ubyte",
  "train-labels": "train-labels-idx1-ubyte",
  "test-images": "t10k-images-idx3-ubyte",
  "test-labels": "t10k-labels-idx1-ubyte",
};
const NAME = "upload-0123456789abcdef";

/** Data sets as a worker has them whose library holds the tiny experiment's images. */
async function withUpload() {
  const folder = tinyFolder();
  const store = await openStore(`${folder}/state`, {
    onDamage: (message) => {
      throw new Error(message);
    },
    now: () => Date.now(),
  });
  const parts: Record<string, string> = {};
  for (const [part, file] of Object.entries(FILES))
    parts[part] = await store.keepArtefact(Deno.readFileSync(`${folder}/data/${file}`));
  const entry: StoredDataset = {
    name: NAME,
    title: "My images",
    train: 200,
    test: 40,
    height: 12,
    width: 12,
    classCount: 4,
    parts,
  };
  const places = { dataDir: `${folder}/nothing`, downloads: `${folder}/cache` };
  const datasets = createWorkerDatasets(places, store, { uploadedDatasets: () => [entry] });
  return { datasets, folder, parts };
}

test("an uploaded data set is loaded from its artefacts, as from a folder of the same files", async () => {
  const { datasets, folder, parts } = await withUpload();
  const uploaded = await datasets.load(NAME);
  expect(uploaded).toMatchObject({ name: NAME, title: "My images", height: 12, width: 12, warning: null });
  expect(uploaded.train).toMatchObject({
    count: 200,
    imagesSha256: parts["train-images"],
    labelsSha256: parts["train-labels"],
  });
  const inFolder = await datasets.load(`${folder}/data`);
  expect(uploaded.train).toEqual(inFolder.train);
  expect(uploaded.test).toEqual(inFolder.test);
  expect(uploaded.classNames).toEqual(inFolder.classNames);
});

test("an upload that is not there is refused", async () => {
  const { datasets } = await withUpload();
  await expect(datasets.load("upload-ffffffffffffffff")).rejects.toThrow(
    "Cannot load upload-ffffffffffffffff as it must be an uploaded data set: current value is none",
  );
});

test("the last data set is kept", async () => {
  const { datasets, folder } = await withUpload();
  const first = await datasets.load(NAME);
  expect((await datasets.load(NAME)).train).toBe(first.train);
  await datasets.load(`${folder}/data`);
  expect((await datasets.load(NAME)).train).not.toBe(first.train);
});

test("what stands in for another data set says so each time, also when it is kept", async () => {
  const { datasets } = await withUpload();
  const standIn = await datasets.load("auto");
  expect(standIn).toMatchObject({ name: "synthetic", synthetic: true });
  expect(standIn.warning).toMatch(/Fashion-MNIST/);
  // Asked for by its own name it stands in for nothing.
  expect(await datasets.load("synthetic")).toMatchObject({ warning: null });
  expect((await datasets.load("auto")).warning).toBe(standIn.warning);
});

test("look() says which are here, and how to get the others", async () => {
  const folder = temporaryFolder();
  const places = { dataDir: folder, downloads: `${folder}/cache` };
  const never = { artefact: () => Promise.reject(new Error("not asked for")) };
  const found = await createWorkerDatasets(places, never, { uploadedDatasets: () => [] }).look();
  expect(found.map(({ name, available }) => [name, available])).toEqual(
    expect.arrayContaining([
      ["fashion-mnist", false],
      ["mnist", false],
      ["synthetic", true],
    ]),
  );
  expect(found.find(({ name }) => name === "mnist")!.note).toBe(
    "Not here; get it with: npm run gambeson -- datasets fetch mnist",
  );
});
