import {
  DATASET_PARTS,
  datasetListSchema,
  sha256Schema,
  uploadedDatasetEntrySchema,
  type DatasetEntry,
  type UploadedDataset,
} from "@gambeson/contract";
import * as v from "valibot";
import { readJson } from "./read-answer.ts";
import type { CallOptions, Transport } from "./transport.ts";

/** Data sets. Errors as in RunsClient. */
export interface DatasetsClient {
  /** Every one that a config may name. */
  list(options?: CallOptions): Promise<readonly DatasetEntry[]>;
  /** Brings a data set: four IDX files, plain or gzipped. A config names it by the `name` that it gets. */
  upload(parts: DatasetFiles, options: DatasetUploadOptions): Promise<UploadedDataset>;
}

export type DatasetFiles = Readonly<Record<(typeof DATASET_PARTS)[number], Blob | Uint8Array<ArrayBuffer>>>;

export interface DatasetUploadOptions extends CallOptions {
  /** For people. */
  readonly title: string;
}

const storedFileSchema = v.object({ sha256: sha256Schema });

export function createDatasetsClient(transport: Transport): DatasetsClient {
  async function keep(
    body: Blob | Uint8Array<ArrayBuffer>,
    signal: AbortSignal | undefined,
  ): Promise<string> {
    const headers = { "content-type": "application/octet-stream" };
    const request = {
      method: "POST",
      path: "/api/v1/artefacts",
      query: { kind: "idx" },
      headers,
      body,
      signal,
    } as const;
    return (await transport.call(request, readJson(storedFileSchema))).sha256;
  }

  return {
    list: async ({ signal } = {}) =>
      (await transport.call({ path: "/api/v1/datasets", signal }, readJson(datasetListSchema))).datasets,
    upload: async (files, { title, signal }) => {
      const parts: Record<string, string> = {};
      for (const part of DATASET_PARTS) parts[part] = await keep(files[part], signal);
      return transport.call(
        {
          method: "POST",
          path: "/api/v1/datasets",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ title, parts }),
          signal,
        },
        readJson(uploadedDatasetEntrySchema),
      );
    },
  };
}
