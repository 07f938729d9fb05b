import type { ModelResult, SeedResult } from "@gambeson/contract";
import { expect, test } from "vitest";
import { outcomeOf } from "./result-outcome.ts";

const HASH = "ab".repeat(32);

/** A seed's models, each with its right answers of 10 and its rho2; nothing else of them matters. */
function seedOf(
  epsilonReference: number | null,
  models: readonly (readonly [id: string, right: number, rho2: number])[],
): SeedResult {
  return {
    epsilonReference,
    models: models.map(([id, count, rho2]) => ({
      id,
      label: id.toUpperCase(),
      accuracy: { count, of: 10 },
      robustness: { rho2 } as ModelResult["robustness"],
    })),
  } as SeedResult;
}

test("outcomeOf() gives each model's means over the seeds", () => {
  const seeds = [
    seedOf(0.25, [
      ["a", 9, 0.25],
      ["b", 5, 1],
    ]),
    seedOf(0.75, [
      ["a", 7, 0.75],
      ["b", 6, 2],
    ]),
  ];
  const { resultSha256, headline, epsilonReference } = outcomeOf({ seeds }, HASH);
  expect(resultSha256).toBe(HASH);
  expect(headline.map(({ model, label, rho2 }) => [model, label, rho2])).toEqual([
    ["a", "A", 0.5],
    ["b", "B", 1.5],
  ]);
  expect(headline[0]!.accuracy).toBeCloseTo(0.8, 12);
  expect(headline[1]!.accuracy).toBeCloseTo(0.55, 12);
  expect(epsilonReference).toBe(0.5);
});

test("outcomeOf() takes the mean over the seeds that have an eps_ref; where none has it, there is none", () => {
  const models = [["a", 10, 0.5]] as const;
  const epsilonOf = (...values: (number | null)[]) =>
    outcomeOf({ seeds: values.map((value) => seedOf(value, models)) }, HASH).epsilonReference;
  expect(epsilonOf(0.5, null, 0.25)).toBe(0.375);
  expect(epsilonOf(0, 1)).toBe(0.5);
  expect(epsilonOf(null, null)).toBeNull();
});
