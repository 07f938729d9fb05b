import type { ModelResult, Result } from "@gambeson/contract";
import { expect, test } from "vitest";
import { DIAGNOSTICS_COUNTED, diagnosticsCounts } from "./diagnostics-counts.ts";
import { exampleResult } from "./testing/example-result.ts";

const EXAMPLE = exampleResult();

/** A model whose accuracy rises so often, by at most so much; null: that has no curve. */
function modelOf(rises: readonly [count: number, largest: number] | null): ModelResult {
  const [seed] = EXAMPLE.seeds;
  const [like] = seed!.models;
  const [count, largest] = rises ?? [0, 0];
  return {
    ...like!,
    ...(rises === null ? { curve: null } : {}),
    diagnostics: {
      wrongBefore: { count: 12, of: 100 },
      unfooled: { count: 3, of: 100 },
      zeroGradient: { count: 40, of: 100 },
      blank: { count: 1, of: 100 },
      curveRises: { count, largest },
    },
  };
}

/** The same model in several seeds. */
function resultOf(...seeds: readonly ModelResult[]): Result {
  const [like] = EXAMPLE.seeds;
  return { ...EXAMPLE, seeds: seeds.map((model, i) => ({ ...like!, seed: i + 1, models: [model] })) };
}

test("diagnosticsCounts() has a tally for each thing counted, summed over the seeds", () => {
  const [counts] = diagnosticsCounts(resultOf(modelOf([0, 0]), modelOf([0, 0])));
  expect(counts!.tallies).toHaveLength(DIAGNOSTICS_COUNTED.length);
  expect(counts!.tallies.map(({ count, of }) => `${count} of ${of}`)).toEqual([
    ...["24 of 200", "6 of 200", "80 of 200", "2 of 200"],
  ]);
});

test("diagnosticsCounts() says how accuracy rises: the places of all seeds, the largest climb of any", () => {
  const risesOf = (...models: readonly ModelResult[]) => diagnosticsCounts(resultOf(...models))[0]!.rises;
  expect(risesOf(modelOf(null))).toBe("–");
  expect(risesOf(modelOf([0, 0]))).toBe("never");
  expect(risesOf(modelOf([1, 0.0125]))).toBe("once, by 1.25 points");
  expect(risesOf(modelOf([1, 0.0125]), modelOf([2, 0.03]))).toBe("3 times, by 3.00 points");
  expect(risesOf(modelOf(null), modelOf([0, 0]))).toBe("never");
});
