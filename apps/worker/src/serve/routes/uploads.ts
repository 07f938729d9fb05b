import {
  DATASET_PARTS,
  sha256Schema,
  uploadedDatasetEntrySchema,
  uploadedWeightsSchema,
} from "@gambeson/contract";
import type { ErrorCode } from "@gambeson/contract";
import { Hono } from "hono";
import * as v from "valibot";
import { checkIdx } from "../check-idx.ts";
import { checkWeights } from "../check-weights.ts";
import { atMost, readUpload } from "../read-upload.ts";
import { limitBody, requireMediaType } from "../request-body.ts";
import { checked, documented, json } from "../route-docs.ts";
import type { ServeContext } from "../serve-context.ts";
import type { ServeEnv } from "../serve-env.ts";
import { sharingStore } from "../sharing-store.ts";
import { unpackGzip } from "../unpack-gzip.ts";
import { uploadedDataset } from "../uploaded-dataset.ts";

const BYTES = "application/octet-stream";
const REFUSALS: readonly ErrorCode[] = [
  "REQUEST_INVALID",
  "MEDIA_TYPE",
  "BODY_TOO_LARGE",
  "BODY_TOO_SLOW",
  "FILE_INVALID",
  "STORAGE_FULL",
];

const words = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200));
const idxFileSchema = v.object({
  /** Of its uncompressed content. */
  sha256: sha256Schema,
  holds: v.picklist(["images", "labels"]),
  /** [count] of labels; [count, height, width] of images. */
  sizes: v.array(v.number()),
});
const datasetSchema = v.strictObject({
  /** What people call it. */
  title: words,
  /** SHA-256 of each file's content, as it was answered when it was uploaded. */
  parts: v.strictObject(v.entriesFromList(DATASET_PARTS, sha256Schema)),
});

/** POST /weights, /artefacts and /datasets. */
export function uploadRoutes(context: ServeContext): Hono<ServeEnv> {
  const { state, artefacts, limits, log, now } = context;
  return new Hono<ServeEnv>()
    .post(
      "/weights",
      documented({
        summary: "Keeps weights: a safetensors file with dense0.weight, dense0.bias, dense1.weight, ...",
        tag: "weights",
        body: BYTES,
        answers: { 201: json("UploadedWeights", uploadedWeightsSchema) },
        refusals: REFUSALS,
      }),
      requireMediaType(BYTES),
      checked("query", v.strictObject({ name: words })),
      async (c) => {
        const { name } = c.req.valid("query");
        const entry = await sharingStore(context, async () => {
          const file = await artefacts.receive(readUpload(c, limits), (each) =>
            checkWeights(each, limits.modelWeights),
          );
          const uploadedAt = new Date(now()).toISOString();
          const weights = { sha256: file.sha256, name, bytes: file.size, sizes: file.found, uploadedAt };
          await state.library.addWeights(weights);
          return weights;
        });
        const { sha256, bytes } = entry;
        log.info("weights uploaded", { request: c.get("requestId"), sha256, bytes });
        return c.json(entry, 201, { location: `/api/v1/weights/${sha256}.safetensors` });
      },
    )
    .post(
      "/artefacts",
      documented({
        summary:
          "Keeps one IDX file of a data set to be, plain or gzipped; POST /datasets puts four together",
        tag: "data",
        description:
          "curl --data-binary @train-images-idx3-ubyte.gz -H 'Content-Type: application/octet-stream' '.../api/v1/artefacts?kind=idx'. What no data set is made of is removed in time.",
        body: BYTES,
        answers: { 201: json("IdxFile", idxFileSchema) },
        refusals: REFUSALS,
      }),
      requireMediaType(BYTES),
      checked("query", v.strictObject({ kind: v.literal("idx") })),
      async (c) => {
        const content = atMost(unpackGzip(readUpload(c, limits)), limits.uploadBytes);
        const { sha256, found } = await sharingStore(context, () =>
          artefacts.receive(content, (file) => checkIdx(file, "the file")),
        );
        log.info("data uploaded", { request: c.get("requestId"), sha256, holds: found.holds });
        return c.json({ sha256, holds: found.holds, sizes: [...found.sizes] }, 201);
      },
    )
    .post(
      "/datasets",
      documented({
        summary: "Makes a data set of four uploaded IDX files; a config names it by the name in the answer",
        tag: "data",
        answers: { 201: json("UploadedDataset", uploadedDatasetEntrySchema) },
        refusals: REFUSALS,
      }),
      requireMediaType("application/json"),
      limitBody(limits),
      checked("json", datasetSchema),
      async (c) => {
        const { title, parts } = c.req.valid("json");
        const entry = await sharingStore(context, async () => {
          const dataset = await uploadedDataset(title, parts, artefacts);
          await state.library.addDataset(dataset);
          return dataset;
        });
        log.info("data set made", { request: c.get("requestId"), name: entry.name });
        const { name, train, test, height, width, classCount } = entry;
        return c.json({ name, title, train, test, height, width, classCount }, 201);
      },
    );
}
