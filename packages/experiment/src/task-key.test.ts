import { parseExperimentConfig, type Environment } from "@gambeson/contract";
import { drawSyntheticGarments, firstImages, type Dataset } from "@gambeson/datasets";
import { beforeAll, expect, test } from "vitest";
import { plan } from "./plan.ts";
import { taskKey } from "./task-key.ts";

const [TASK] = plan(parseExperimentConfig({}), { train: 20, test: 10 });
const ENVIRONMENT: Environment = {
  version: "1",
  code: "a",
  runtime: "deno 1",
  platform: "linux",
  backend: {
    name: "wasm",
    variant: "simd-threads",
    threads: 2,
    fallback: null,
    tensorflow: "4",
    kernels: "tfjs",
  },
};

let dataset: Dataset;
beforeAll(async () => {
  dataset = await drawSyntheticGarments({ seed: 1, train: 20, test: 10 });
});

test("taskKey() changes with all that could change the bytes", async () => {
  const { backend } = ENVIRONMENT;
  const other = await drawSyntheticGarments({ seed: 2, train: 20, test: 10 });
  const keys = await Promise.all([
    taskKey(TASK!, {}, dataset, ENVIRONMENT),
    taskKey({ ...TASK!, kind: "craft" } as typeof TASK & object, {}, dataset, ENVIRONMENT),
    taskKey(TASK!, { weights: "x" }, dataset, ENVIRONMENT),
    taskKey(TASK!, {}, other, ENVIRONMENT),
    taskKey(TASK!, {}, { ...dataset, train: firstImages(dataset.train, 10) }, ENVIRONMENT),
    taskKey(TASK!, {}, dataset, { ...ENVIRONMENT, code: "b" }),
    taskKey(TASK!, {}, dataset, { ...ENVIRONMENT, runtime: "deno 2" }),
    taskKey(TASK!, {}, dataset, { ...ENVIRONMENT, platform: "darwin" }),
    taskKey(TASK!, {}, dataset, { ...ENVIRONMENT, backend: { ...backend, threads: 1 } }),
    taskKey(TASK!, {}, dataset, { ...ENVIRONMENT, backend: { ...backend, variant: "simd" } }),
    taskKey(TASK!, {}, dataset, { ...ENVIRONMENT, backend: { ...backend, kernels: "own" } }),
  ]);
  expect(new Set(keys).size).toBe(keys.length);
});

test("taskKey() does not change with what things are called", async () => {
  const key = await taskKey(TASK!, {}, dataset, ENVIRONMENT);
  expect(await taskKey({ ...TASK!, id: "x", title: "y", cost: 1 }, {}, dataset, ENVIRONMENT)).toBe(key);
  const renamed = { ...dataset, name: "x", title: "y", warning: "z" };
  expect(await taskKey(TASK!, {}, renamed, { ...ENVIRONMENT, version: "2" })).toBe(key);
});
