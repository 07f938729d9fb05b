import { parseExperimentConfig, type Result } from "@gambeson/contract";
import { expect, test } from "vitest";
import { resultTable } from "./result-table.ts";

/** Of a result only what the table reads. */
function resultOf(seeds: readonly { epsilon: number | null; correct: number; rho2: number }[]): Result {
  return {
    config: parseExperimentConfig({ evaluation: { accuracyAt: [0.5, 1] } }),
    seeds: seeds.map(({ epsilon, correct, rho2 }, index) => ({
      seed: index + 1,
      epsilonReference: epsilon,
      models: ["Pre-trained", "Vanilla"].map((label, model) => ({
        label,
        accuracy: { count: correct + model, of: 200 },
        robustness: { rho2 },
        accuracyAt:
          epsilon === null
            ? null
            : [0.5, 1].map((factor) => ({
                factor,
                epsilon: factor * epsilon,
                accuracy: { count: 100 * factor, of: 200 },
              })),
      })),
    })),
  } as unknown as Result;
}

test("resultTable() gives a model a row", () => {
  expect(resultTable(resultOf([{ epsilon: 0.02811, correct: 175, rho2: 0.0391 }]))).toBe(
    [
      "             Acc. %     rho2   @0.5     @1",
      "──────────────────────────────────────────",
      "Pre-trained   87.50  3.91e-2  25.00  50.00",
      "Vanilla       88.00  3.91e-2  25.00  50.00",
      "",
      "Columns @ are accuracy in % under FGS at multiples of eps_ref = 0.0281,",
      "where FGS makes Deep Defense misclassify 50 % of the test images.",
    ].join("\n"),
  );
});

test("resultTable() gives means, and standard deviations below them, for several seeds", () => {
  // By hand: mean of 87 and 88 is 87.5, deviation sqrt(0.5) = 0.7071; of 0.03 and 0.05: 0.04 and 0.01414.
  const seeds = [
    { epsilon: 0.02, correct: 174, rho2: 0.03 },
    { epsilon: 0.02, correct: 176, rho2: 0.05 },
  ];
  expect(resultTable(resultOf(seeds)).split("\n").slice(0, 4)).toEqual([
    "             Acc. %       rho2    @0.5      @1",
    "──────────────────────────────────────────────",
    "Pre-trained   87.50    4.00e-2   25.00   50.00",
    "             ± 0.71  ± 1.41e-2  ± 0.00  ± 0.00",
  ]);
});

test("resultTable() has dashes where there is no eps_ref, and says so", () => {
  const text = resultTable(resultOf([{ epsilon: null, correct: 100, rho2: 1 }]));
  expect(text).toMatch(/^Vanilla +50\.50 {2}1\.00e\+0 +- +-$/m);
  expect(text).toContain(
    "No eps_ref: up to 1 there is no epsilon where FGS makes Deep Defense misclassify 50 %",
  );
  expect(text).not.toContain("NaN");
});

test("resultTable() says when the model that sets eps_ref is wrong too often without an attack", () => {
  const result = resultOf([{ epsilon: 0, correct: 100, rho2: 1 }]);
  for (const model of result.seeds[0]!.models) Object.assign(model, { accuracyAt: null });
  const text = resultTable(result);
  expect(text).toMatch(/^Vanilla +50\.50 {2}1\.00e\+0 +- +-$/m);
  expect(text).toContain(
    "eps_ref is 0, so there is nothing @: Deep Defense misclassifies 50 % or more of the test images unattacked.",
  );
});
