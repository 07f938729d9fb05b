import { afterEach, expect, test, vi } from "vitest";
import { obtainDataset } from "./obtain-dataset.ts";
import { createPaint } from "../terminal/paint.ts";
import type { Places } from "./places.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { tinyFolder } from "../testing/tiny-experiment.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A host whose network finds no name, as without internet. */
function offline() {
  let told = "";
  const write = (text: string) => {
    told += text;
  };
  vi.stubGlobal("fetch", () => Promise.reject(new Error("dns error: no such name")));
  const stderr = { write, isLive: false, columns: () => 80, paint: createPaint(false) };
  return { stderr, signal: new AbortController().signal, told: () => told };
}

const placesIn = (folder: string): Places => ({
  dataDir: `${folder}/data`,
  dataDirFrom: "--data-dir",
  downloads: `${folder}/cache`,
  state: `${folder}/state`,
});

test("obtainDataset() says whom it asks and, when it falls back, where it looked and why in vain", async () => {
  const folder = temporaryFolder();
  Deno.mkdirSync(`${folder}/data`);
  const host = offline();
  const { dataset, warning } = await obtainDataset("auto", placesIn(folder), host);
  expect(dataset.synthetic).toBe(true);
  expect(warning).toEqual([
    dataset.warning,
    `Looked in ${folder}/data/fashion-mnist and in ${folder}/cache/fashion-mnist. Cannot download Fashion-MNIST as one of its ` +
      "addresses must answer: no such host for raw.githubusercontent.com, storage.googleapis.com, " +
      "fashion-mnist.s3-website.eu-central-1.amazonaws.com.",
  ]);
  expect(host.told().split("\n")[0]).toBe("Looking for Fashion-MNIST: raw.githubusercontent.com ...");
});

test("obtainDataset() ends a named data set that cannot be had with one short line", async () => {
  const folder = temporaryFolder();
  Deno.mkdirSync(`${folder}/data`);
  await expect(obtainDataset("mnist", placesIn(folder), offline())).rejects.toThrow(
    "Cannot download MNIST as one of its addresses must answer: no such host for ossci-datasets.s3.amazonaws.com, " +
      "storage.googleapis.com; or name a folder that has it with --data-dir",
  );
});

test("obtainDataset() warns of nothing when it gives what was asked for, and needs no data folder for it", async () => {
  const folder = tinyFolder();
  const { dataset, warning } = await obtainDataset(
    `${folder}/data`,
    placesIn(`${folder}/nowhere`),
    offline(),
  );
  expect(dataset.name).toBe("data");
  expect(warning).toEqual([]);
});
