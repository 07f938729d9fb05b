import type { Result } from "@gambeson/contract";
import { describe, expect, test } from "vitest";
import { rhoDistributions } from "./rho-distributions.ts";
import { summarise } from "./summarise.ts";
import { exampleResult } from "./testing/example-result.ts";

/** Distributions of a result whose models have these histograms, over `upTo`. */
function distributionsOf(upTo: number, histograms: readonly (readonly number[])[]) {
  const result = exampleResult();
  const [seed] = result.seeds;
  const models = histograms.map((counts, i) => {
    const model = seed!.models[i]!;
    const histogram = { upTo, counts: [...counts] };
    return { ...model, robustness: { ...model.robustness, histogram } };
  });
  const changed: Result = { ...result, seeds: [{ ...seed!, models }] };
  return rhoDistributions(summarise(changed).models);
}

describe("rhoDistributions()", () => {
  test("ends where nearly all images of every model lie before", () => {
    const { binWidth, end, models } = distributionsOf(1, [
      [90, 9, 1, 0],
      [50, 50, 0, 0],
    ]);
    expect(binWidth).toBe(0.25);
    expect(end).toBe(0.5);
    expect(models[0]!.shares).toEqual([0.9, 0.09]);
    expect(models[0]!.beyond).toBeCloseTo(0.01, 15);
    expect(models[1]).toEqual({ shares: [0.5, 0.5], beyond: 0 });
  });

  test("never has the histogram's last bin, which has no end, among its bins", () => {
    const { end, models } = distributionsOf(1, [[20, 0, 0, 80]]);
    expect(end).toBe(0.75);
    expect(models).toEqual([{ shares: [0.2, 0, 0], beyond: 0.8 }]);
  });

  test("has no bin for a histogram without any", () => {
    expect(distributionsOf(1, [[]])).toEqual({ binWidth: 1, end: 0, models: [{ shares: [], beyond: 0 }] });
  });
});
