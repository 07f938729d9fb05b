import * as v from "valibot";
import { experimentConfigSchema } from "../experiment-config.ts";
import { sha256Schema, uploadedDatasetSchema } from "./ids.ts";

/** What there is to run, and to run it on. */
export const presetSchema = v.object({
  name: v.string(),
  title: v.string(),
  description: v.string(),
  config: experimentConfigSchema,
});
export type PresetEntry = v.InferOutput<typeof presetSchema>;
export const presetListSchema = v.object({ presets: v.array(presetSchema) });

export const datasetEntrySchema = v.object({
  /** What a config names it by. */
  name: v.string(),
  title: v.string(),
  /** Null until a worker has looked. */
  available: v.nullable(v.boolean()),
  /** For people: where it comes from, or what to do to have it. */
  note: v.string(),
});
export type DatasetEntry = v.InferOutput<typeof datasetEntrySchema>;
export const datasetListSchema = v.object({ datasets: v.array(datasetEntrySchema) });

/** The four files of an uploaded data set, each IDX, plain or gzipped. */
export const DATASET_PARTS = ["train-images", "train-labels", "test-images", "test-labels"] as const;
export const uploadedDatasetEntrySchema = v.object({
  name: uploadedDatasetSchema,
  title: v.string(),
  train: v.number(),
  test: v.number(),
  height: v.number(),
  width: v.number(),
  classCount: v.number(),
});
export type UploadedDataset = v.InferOutput<typeof uploadedDatasetEntrySchema>;

/** A model's weights that were uploaded. */
export const uploadedWeightsSchema = v.object({
  sha256: sha256Schema,
  name: v.string(),
  bytes: v.number(),
  /** Sizes of its layers, from pixels to classes: [784, 100, 10]. */
  sizes: v.array(v.number()),
  uploadedAt: v.string(),
});
export type UploadedWeights = v.InferOutput<typeof uploadedWeightsSchema>;
export const uploadedWeightsListSchema = v.object({ weights: v.array(uploadedWeightsSchema) });

export const healthSchema = v.object({ status: v.literal("ok"), version: v.string() });
export const readinessSchema = v.object({
  status: v.picklist(["ready", "waiting"]),
  /** Workers that were heard of in the last seconds. */
  workers: v.number(),
  queued: v.number(),
  running: v.number(),
});
export type Readiness = v.InferOutput<typeof readinessSchema>;
