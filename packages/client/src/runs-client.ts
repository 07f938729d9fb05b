import {
  estimateSchema,
  imageListSchema,
  resultSchema,
  runListSchema,
  runSchema,
  runSummarySchema,
  type Estimate,
  type ImageList,
  type ImageListQuery,
  type ImageQuery,
  type Result,
  type Run,
  type RunChanges,
  type RunList,
  type RunListQuery,
  type RunRequestInput,
  type RunSummary,
} from "@gambeson/contract";
import { AnswerError } from "./answer-error.ts";
import type { Asked, Query } from "./query.ts";
import { readBytes, readJson, readNothing } from "./read-answer.ts";
import type { ApiRequest, CallOptions, Transport } from "./transport.ts";

/** Files that the server makes of a finished run. `files/<name>`: one of the report's, such as `files/curves.svg`. */
export type RunFile =
  | "result.json"
  | "report.html"
  | `files/${string}`
  | `table.${"csv" | "json" | "parquet" | "tex"}`
  | `${"auc" | "curves" | "roc"}.${"csv" | "json" | "parquet"}`
  | `images.${"csv" | "parquet"}`;

export interface SubmitOptions extends CallOptions {
  /** 1 to 200 printable characters. The same key with the same request gives the same run; default: a key of its own. */
  readonly idempotencyKey?: string | undefined;
}

/** Runs, and what came out of them. Every method throws ProblemError, AnswerError, UnreachableError, or the signal's reason. */
export interface RunsClient {
  /** Queues a run. `created` is false where an earlier one, of the same config by the same code, answers. */
  submit(
    request: RunRequestInput,
    options?: SubmitOptions,
  ): Promise<{ readonly run: RunSummary; readonly created: boolean }>;
  /** How much work a run would be; refuses what `submit` refuses to read. */
  estimate(request: RunRequestInput, options?: CallOptions): Promise<Estimate>;
  list(query?: Asked<RunListQuery>, options?: CallOptions): Promise<RunList>;
  get(id: string, options?: CallOptions): Promise<Run>;
  change(id: string, changes: RunChanges, options?: CallOptions): Promise<RunSummary>;
  /** Ends a queued or running run; what it has finished is kept. */
  cancel(id: string, options?: CallOptions): Promise<RunSummary>;
  /** Queues what a failed or cancelled run has not finished. */
  retry(id: string, options?: CallOptions): Promise<RunSummary>;
  /** Forgets a run that has ended. */
  delete(id: string, options?: CallOptions): Promise<void>;
  /** Of a finished run. */
  result(id: string, options?: CallOptions): Promise<Result>;
  /** @param query For roc: `seed`, `model`, `class`. */
  file(
    id: string,
    name: RunFile,
    options?: CallOptions & { readonly query?: Query },
  ): Promise<Uint8Array<ArrayBuffer>>;
  /** Where a browser finds that file. */
  fileAddress(id: string, name: RunFile, query?: Query): string;
  /** What became of the test images, a page at a time. */
  images(id: string, query?: Asked<ImageListQuery>, options?: CallOptions): Promise<ImageList>;
  /** An image as PNG, 8 bits a pixel. @param index Position in the test set. */
  imagePng(
    id: string,
    index: number,
    query?: Asked<ImageQuery>,
    options?: CallOptions,
  ): Promise<Uint8Array<ArrayBuffer>>;
  imagePngAddress(id: string, index: number, query?: Asked<ImageQuery>): string;
  /** An image exactly: float32, row-major, `height` times `width`; benign pixels run from 0 to 1. */
  imagePixels(
    id: string,
    index: number,
    query?: Asked<Omit<ImageQuery, "scale">>,
    options?: CallOptions,
  ): Promise<Pixels>;
  /** Trained weights, safetensors. @param model "pretrained", or the id of a regime. */
  weights(id: string, seed: number, model: string, options?: CallOptions): Promise<Uint8Array<ArrayBuffer>>;
}

export interface Pixels {
  readonly height: number;
  readonly width: number;
  readonly pixels: Float32Array<ArrayBuffer>;
}

/** @param newKey Gives an idempotency key that nobody else has. */
export function createRunsClient(transport: Transport, newKey: () => string): RunsClient {
  const path = (id: string, ...rest: readonly (string | number)[]) =>
    ["/api/v1/runs", ...[id, ...rest].map((part) => encodeURIComponent(part))].join("/");
  const filePath = (id: string, name: RunFile) => path(id, ...name.split("/"));
  const get = <T>(request: ApiRequest, read: (response: Response) => Promise<T>) =>
    transport.call(request, read);
  const summary = readJson(runSummarySchema);

  return {
    submit: (request, { idempotencyKey = newKey(), signal } = {}) =>
      transport.call(
        {
          ...json("POST", "/api/v1/runs", request, signal),
          headers: { "content-type": "application/json", "idempotency-key": idempotencyKey },
          isRepeatable: true,
        },
        async (response) => ({ run: await summary(response), created: response.status === 201 }),
      ),
    estimate: (request, { signal } = {}) =>
      transport.call(
        { ...json("POST", "/api/v1/estimates", request, signal), isRepeatable: true },
        readJson(estimateSchema),
      ),
    list: (query = {}, { signal } = {}) =>
      get({ path: "/api/v1/runs", query, signal }, readJson(runListSchema)),
    get: (id, { signal } = {}) => get({ path: path(id), signal }, readJson(runSchema)),
    change: (id, changes, { signal } = {}) =>
      transport.call(json("PATCH", path(id), changes, signal), summary),
    cancel: (id, { signal } = {}) =>
      transport.call({ method: "POST", path: path(id, "cancel"), signal }, summary),
    retry: (id, { signal } = {}) =>
      transport.call({ method: "POST", path: path(id, "retry"), signal }, summary),
    delete: (id, { signal } = {}) =>
      transport.call({ method: "DELETE", path: path(id), signal }, readNothing),
    result: (id, { signal } = {}) => get({ path: path(id, "result.json"), signal }, readJson(resultSchema)),
    file: (id, name, { query = {}, signal } = {}) =>
      get({ path: filePath(id, name), query, signal }, readBytes),
    fileAddress: (id, name, query) => transport.at(filePath(id, name), query),
    images: (id, query = {}, { signal } = {}) =>
      get({ path: path(id, "images"), query, signal }, readJson(imageListSchema)),
    imagePng: (id, index, query = {}, { signal } = {}) =>
      get({ path: path(id, "images", `${index}.png`), query, signal }, readBytes),
    imagePngAddress: (id, index, query) => transport.at(path(id, "images", `${index}.png`), query),
    imagePixels: (id, index, query = {}, { signal } = {}) =>
      get({ path: path(id, "images", `${index}.f32`), query, signal }, readPixels),
    weights: (id, seed, model, { signal } = {}) =>
      get({ path: path(id, "weights", seed, `${model}.safetensors`), signal }, readBytes),
  };
}

function json(
  method: "POST" | "PATCH",
  path: string,
  body: unknown,
  signal: AbortSignal | undefined,
): ApiRequest {
  return {
    method,
    path,
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
    signal,
  };
}

/** Little-endian, as is every machine that runs this. */
async function readPixels(response: Response): Promise<Pixels> {
  const shape = response.headers.get("x-gambeson-shape") ?? "none";
  const [height = 0, width = 0] = shape.split(",").map(Number);
  const bytes = await readBytes(response);
  if (bytes.length > 0 && bytes.length === 4 * height * width) {
    return { height, width, pixels: new Float32Array(bytes.buffer) };
  }
  throw new AnswerError(
    `Cannot read the pixels of ${response.url} as they must fill their shape: current value is ${bytes.length} bytes for ${shape}`,
    response.status,
  );
}
