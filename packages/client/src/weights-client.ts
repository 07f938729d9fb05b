import { uploadedWeightsListSchema, uploadedWeightsSchema, type UploadedWeights } from "@gambeson/contract";
import { readBytes, readJson } from "./read-answer.ts";
import type { CallOptions, Transport } from "./transport.ts";

/** Weights by their SHA-256: those of finished runs (a result names them), and uploaded ones. Errors as in RunsClient. */
export interface WeightsClient {
  /** Uploaded ones. */
  list(options?: CallOptions): Promise<readonly UploadedWeights[]>;
  /** @param file An MLP's weights, safetensors. */
  upload(file: Blob | Uint8Array<ArrayBuffer>, options: UploadOptions): Promise<UploadedWeights>;
  /** The safetensors file. */
  download(sha256: string, options?: CallOptions): Promise<Uint8Array<ArrayBuffer>>;
  address(sha256: string): string;
  /** What `tf.loadLayersModel` of TensorFlow.js takes. */
  layersModelAddress(sha256: string): string;
}

export interface UploadOptions extends CallOptions {
  /** For people. */
  readonly name: string;
}

export function createWeightsClient(transport: Transport): WeightsClient {
  const path = (sha256: string, end: string) => `/api/v1/weights/${encodeURIComponent(sha256)}${end}`;
  return {
    list: async ({ signal } = {}) => {
      const read = readJson(uploadedWeightsListSchema);
      return (await transport.call({ path: "/api/v1/weights", signal }, read)).weights;
    },
    upload: (file, { name, signal }) =>
      transport.call(
        {
          method: "POST",
          path: "/api/v1/weights",
          query: { name },
          headers: { "content-type": "application/octet-stream" },
          body: file,
          signal,
        },
        readJson(uploadedWeightsSchema),
      ),
    download: (sha256, { signal } = {}) =>
      transport.call({ path: path(sha256, ".safetensors"), signal }, readBytes),
    address: (sha256) => transport.at(path(sha256, ".safetensors")),
    layersModelAddress: (sha256) => transport.at(path(sha256, "/model.json")),
  };
}
