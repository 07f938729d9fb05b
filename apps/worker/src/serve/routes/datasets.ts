import { datasetListSchema, type DatasetEntry } from "@gambeson/contract";
import { DATASETS } from "@gambeson/datasets";
import { Hono } from "hono";
import type { FoundDataset, Library, StoredDataset } from "../../state/state.ts";
import { documented, json } from "../route-docs.ts";
import type { ServeContext } from "../serve-context.ts";

const NOT_LOOKED = "A worker looks for it when it starts";

/** What a config may name without an upload. */
export const BUILT_IN_DATASETS: readonly DatasetEntry[] = [
  {
    name: "auto",
    title: "Fashion-MNIST, or drawn images",
    available: true,
    note: "Fashion-MNIST where it can be had, else the drawn set with a warning",
  },
  ...Object.values(DATASETS).map(({ kind, name, title }) =>
    kind === "drawn"
      ? { name, title, available: true, note: "Drawn by code; needs no files" }
      : { name, title, available: null, note: NOT_LOOKED },
  ),
];

/** GET /datasets. */
export function datasetRoutes({ state: { library } }: ServeContext): Hono {
  return new Hono().get(
    "/datasets",
    documented({
      summary: "The data sets that a config may name",
      tag: "data",
      answers: { 200: json("DatasetList", datasetListSchema) },
    }),
    (c) => c.json({ datasets: listDatasets(library) }),
  );
}

function listDatasets(library: Library): DatasetEntry[] {
  const found = library.foundDatasets();
  return [
    ...BUILT_IN_DATASETS.map((entry) => withFound(entry, found)),
    ...library.uploadedDatasets().map(uploadedEntry),
  ];
}

function withFound(entry: DatasetEntry, found: readonly FoundDataset[]): DatasetEntry {
  const seen = found.find(({ name }) => name === entry.name);
  return seen === undefined ? entry : { ...entry, available: seen.available, note: seen.note };
}

function uploadedEntry({ name, title, train, test, height, width, classCount }: StoredDataset): DatasetEntry {
  const count = (images: number) => images.toLocaleString("en-US");
  const note = `Uploaded: ${count(train)} training and ${count(test)} test images, ${height}x${width}, ${classCount} classes`;
  return { name, title, available: true, note };
}
