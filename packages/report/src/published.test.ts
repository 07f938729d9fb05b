import { parseExperimentConfig, type Result } from "@gambeson/contract";
import { describe, expect, test } from "vitest";
import { PUBLISHED, protocolDifferences, publishedBeside } from "./published.ts";
import { exampleResult } from "./testing/example-result.ts";

function withRegimes(
  regimes: Parameters<typeof parseExperimentConfig>[0],
  dataset: Partial<Result["dataset"]> = {},
): Result {
  const result = exampleResult();
  const config = parseExperimentConfig({ regimes, evaluation: { epsilonReference: { model: "vanilla" } } });
  return { ...result, config, dataset: { ...result.dataset, ...dataset } };
}

describe("publishedBeside()", () => {
  test("stands beside vanilla, fine-tuned and Deep Defense on DeepFool images, not on benign ones", () => {
    expect([...publishedBeside(exampleResult())]).toEqual([
      ["vanilla", PUBLISHED.models.vanilla],
      ["fine-tuned", PUBLISHED.models["fine-tuned"]],
      ["deep-defense", PUBLISHED.models["deep-defense"]],
    ]);
  });

  test("stands beside the first of several of a kind", () => {
    const result = withRegimes([
      { kind: "vanilla" },
      { kind: "vanilla", id: "longer" },
      { kind: "deep-defense", id: "benign", images: "benign" },
      { kind: "deep-defense", id: "frozen", perturbation: "frozen" },
    ]);
    expect([...publishedBeside(result).keys()]).toEqual(["vanilla", "frozen"]);
  });

  test("is empty on any other data set", () => {
    expect(publishedBeside(withRegimes([{ kind: "vanilla" }], { name: "mnist" })).size).toBe(0);
    expect(publishedBeside(withRegimes([{ kind: "vanilla" }], { synthetic: true })).size).toBe(0);
  });
});

test("protocolDifferences() names what departs from the report", () => {
  const result = exampleResult();
  const full = { ...result, dataset: { ...result.dataset, test: { ...result.dataset.test, count: 10_000 } } };
  expect(protocolDifferences(full)).toEqual([]);
  expect(protocolDifferences(result)).toEqual(["2,000 test images, not 10,000"]);
});
