import type { ModelResult, Result } from "@gambeson/contract";
import { exampleResult } from "@gambeson/report/testing/example-result";
import { expect, test } from "vitest";
import { accuracyCurves, accuracyCurvesCsv, nearestEpsilon, type AccuracyCurves } from "./accuracy-curves.ts";

/** A result of two models, with three points by hand. */
function small(): Result {
  const example = exampleResult();
  const model = (position: number, correct: number[], label: string): ModelResult => ({
    ...example.seeds[0]!.models[position]!,
    label,
    curve: { epsilons: [0, 0.1, 0.25], correct, of: 20 },
  });
  const models = [model(0, [20, 10, 0], "Plain"), model(3, [18, 15, 9], "=Hard")];
  return { ...example, seeds: [{ ...example.seeds[0]!, epsilonReference: 0.2, models }] };
}

test("accuracyCurves() gives each model's share at each epsilon, and the marks that the curves reach", () => {
  const curves = accuracyCurves(small()) as AccuracyCurves;
  expect(curves.epsilons).toEqual([0, 0.1, 0.25]);
  expect(curves.models.map(({ label, accuracy }) => [label, accuracy])).toEqual([
    ["Plain", [1, 0.5, 0]],
    ["=Hard", [0.9, 0.75, 0.45]],
  ]);
  expect(curves.epsilonReference).toBe(0.2);
  // 0.2, 0.5 and 1 times 0.2
  expect(curves.references.map(({ factor }) => factor)).toEqual([0.2, 0.5, 1]);
  expect(curves.references[1]!.epsilon).toBeCloseTo(0.1, 12);
});

test("accuracyCurves() of several seeds can be read at eps_ref itself", () => {
  const result = small();
  const [seed] = result.seeds;
  const wider = seed!.models.map((model) => ({
    ...model,
    curve: { ...model.curve!, epsilons: [0, 0.2, 0.5] },
  }));
  const curves = accuracyCurves({
    ...result,
    seeds: [seed!, { ...seed!, epsilonReference: 0.25, models: wider }],
  }) as AccuracyCurves;
  expect(curves.epsilonReference).toBe(0.225);
  // Evenly spaced as far as both reach, and the mean of 0.2 and 0.25.
  expect(curves.epsilons).toEqual([0, 0.125, 0.225, 0.25]);
  expect(curves.epsilons[nearestEpsilon(curves, curves.epsilonReference)]).toBe(0.225);
});

test("accuracyCurves() says where there is nothing to draw", () => {
  const result = small();
  const without = { ...result, seeds: result.seeds.map((seed) => ({ ...seed, epsilonReference: null })) };
  expect(accuracyCurves(without)).toMatch(/^No ε up to 1 makes FGS fool Deep Defense/);
});

test("nearestEpsilon() finds the measured epsilon beside any number", () => {
  const curves = accuracyCurves(small()) as AccuracyCurves;
  expect([-1, 0.04, 0.06, 0.17, 0.18, 9].map((value) => nearestEpsilon(curves, value))).toEqual([
    0, 0, 1, 1, 2, 2,
  ]);
});

test("accuracyCurvesCsv() has an epsilon a row, and no cell that a spreadsheet would run", () => {
  const curves = accuracyCurves(small()) as AccuracyCurves;
  expect(accuracyCurvesCsv(curves)).toBe(
    "epsilon,Plain,'=Hard\r\n0,1,0.9\r\n0.1,0.5,0.75\r\n0.25,0,0.45\r\n",
  );
});

test("accuracyCurvesCsv() has lowest and highest where seeds differ", () => {
  const { epsilons, ...rest } = accuracyCurves(small()) as AccuracyCurves;
  const [plain, hard] = rest.models;
  const models = [{ ...plain!, spread: [[0.9, 1], [0.5, 0.5], [0, 0.1]] as const }, hard!]; // prettier-ignore
  expect(
    accuracyCurvesCsv({ ...rest, epsilons, models })
      .split("\r\n")
      .slice(0, 2),
  ).toEqual(['epsilon,Plain,"Plain, lowest","Plain, highest",\'=Hard', "0,1,0.9,1,0.9"]);
});
