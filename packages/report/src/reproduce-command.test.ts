import { parseExperimentConfig, type Result } from "@gambeson/contract";
import { expect, test } from "vitest";
import { configFile, reproduceCommand } from "./reproduce-command.ts";
import { exampleResult } from "./testing/example-result.ts";

function madeBy(dataset: string, kernels: string): Result {
  const { config, environment, ...rest } = exampleResult();
  return {
    ...rest,
    config: { ...config, dataset: { ...config.dataset, name: dataset } },
    environment: { ...environment, backend: { ...environment.backend, threads: 2, kernels } },
  };
}

test.each([
  ["mnist", "relaxed-simd+fma", "npm run gambeson -- run ./config.json --threads 2"],
  ["/my data/it's", "simd", "npm run gambeson -- run ./config.json --threads 2"],
  // Which set "auto" was: the example's.
  ["auto", "simd", "npm run gambeson -- run ./config.json --dataset fashion-mnist --threads 2"],
  ["mnist", "tfjs", "npm run gambeson -- run ./config.json --threads 2 --kernels tfjs"],
])("reproduceCommand() of %s by %s", (dataset, kernels, command) => {
  expect(reproduceCommand(madeBy(dataset, kernels))).toBe(command);
});

test("configFile() holds every setting, as a config is read", () => {
  const result = madeBy("mnist", "simd");
  expect(parseExperimentConfig(JSON.parse(configFile(result)))).toEqual(result.config);
});
