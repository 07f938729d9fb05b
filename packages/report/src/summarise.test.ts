import { describe, expect, test } from "vitest";
import { summarise } from "./summarise.ts";
import { exampleResult } from "./testing/example-result.ts";

describe("summarise()", () => {
  test("keeps the single numbers of one seed", () => {
    const result = exampleResult();
    const { models, epsilonReference, factors } = summarise(result);
    expect(models.map(({ id }) => id)).toEqual([
      "pretrained",
      "vanilla",
      "fine-tuned",
      "deep-defense",
      "deep-defense-benign",
    ]);
    expect(factors).toEqual([0.2, 0.5, 1]);
    expect(epsilonReference).toEqual({ mean: result.seeds[0]!.epsilonReference, deviation: null });
    const theirs = result.seeds[0]!.models[1]!;
    expect(models[1]!.accuracy).toEqual({
      mean: theirs.accuracy.count / theirs.accuracy.of,
      deviation: null,
    });
    expect(models[1]!.auc.transferred[4]!.mean).toBe(theirs.roc.transferred[4]!.auc);
  });

  test("takes mean and deviation over two seeds: half the sum, and the difference over the root of two", () => {
    const result = exampleResult(2);
    const [a, b] = result.seeds.map((seed) => seed.models[3]!.robustness.rho2) as [number, number];
    const { rho2 } = summarise(result).models[3]!;
    expect(rho2.mean).toBeCloseTo((a + b) / 2, 15);
    expect(rho2.deviation).toBeCloseTo(Math.abs(a - b) / Math.SQRT2, 15);
  });

  test.each([null, 0])("leaves out seeds whose eps_ref is %s", (epsilonReference) => {
    const result = exampleResult(2);
    const [first, second] = result.seeds;
    const models = second!.models.map((model) => ({ ...model, curve: null, accuracyAt: null }));
    const summary = summarise({ ...result, seeds: [first!, { ...second!, epsilonReference, models }] });
    expect(summary.epsilonReference).toEqual({ mean: first!.epsilonReference, deviation: null });
    expect(summary.models[0]!.accuracyAt[0]!.deviation).toBeNull();
  });
});
