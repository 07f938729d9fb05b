import type { Environment } from "@gambeson/contract";
import { sha256, type Dataset } from "@gambeson/datasets";
import { toJsonBytes } from "./json-bytes.ts";
import type { Task } from "./task.ts";

/**
 * The name of a task's work: SHA-256 of its kind, its options, the hashes of its inputs, the data set, and the code, backend and
 * runtime that run it. Two tasks with one key give the same bytes, whatever experiment they belong to.
 */
export function taskKey(
  task: Task,
  inputHashes: Readonly<Record<string, string>>,
  dataset: Dataset,
  { code, backend, runtime, platform }: Environment,
): Promise<string> {
  const { train, test, height, width, classNames } = dataset;
  const data = [train, test].map(({ imagesSha256, labelsSha256, count }) => ({
    imagesSha256,
    labelsSha256,
    count,
  }));
  const { variant, threads, tensorflow, kernels } = backend;
  return sha256(
    toJsonBytes({
      kind: task.kind,
      options: task.options,
      inputs: inputHashes,
      data: { splits: data, height, width, classCount: classNames.length },
      code: { code, variant, threads, tensorflow, kernels, runtime, platform },
    }),
  );
}
