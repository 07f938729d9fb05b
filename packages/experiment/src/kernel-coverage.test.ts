import { parseExperimentConfig } from "@gambeson/contract";
import { expect, test } from "vitest";
import { kernelCoverage } from "./kernel-coverage.ts";

test.each([
  ["the report's defaults", {}, "all"],
  ["two hidden layers", { model: { hidden: [20, 10] } }, "none"],
  ["no hidden layer", { model: { hidden: [] } }, "none"],
  ["FGS that clips", { evaluation: { fgs: { clip: true } } }, "some"],
  ["DeepFool that clips", { evaluation: { deepFool: { clip: true } } }, "some"],
  ["crafting in pixels", { crafting: { deepFool: { geometry: "pixels" } } }, "some"],
  ["a frozen perturbation", { regimes: [{ kind: "deep-defense", perturbation: "frozen" }] }, "some"],
  ["Deep Defense that clips", { regimes: [{ kind: "deep-defense", deepFool: { clip: true } }] }, "some"],
] as const)("kernelCoverage() of %s", (_, config, expected) => {
  expect(kernelCoverage(parseExperimentConfig(config))).toBe(expected);
});
