import type { ModelResult, Result } from "@gambeson/contract";
import { expect, test } from "vitest";
import { headline } from "./headline.ts";
import { exampleResult } from "./testing/example-result.ts";

function withNumbers(numbers: Readonly<Record<string, readonly [accuracy: number, rho2: number]>>): Result {
  const result = exampleResult();
  const [seed] = result.seeds;
  const models = seed!.models.map((model): ModelResult => {
    const [count, rho2] = numbers[model.id] ?? [0, 0];
    return { ...model, accuracy: { count, of: 10_000 }, robustness: { ...model.robustness, rho2 } };
  });
  return { ...result, seeds: [{ ...seed!, models }] };
}

test("headline() compares the model that sets eps_ref with Vanilla", () => {
  expect(headline(withNumbers({ vanilla: [8800, 0.04], "deep-defense": [8600, 0.1] }))).toBe(
    "To fool Deep Defense takes perturbations 2.5 times as large as to fool Vanilla (ρ₂ 0.1000 against 0.0400), at 2.00 points less accuracy (86.00 % against 88.00 %).",
  );
  expect(headline(withNumbers({ vanilla: [8800, 0.04], "deep-defense": [8800, 0.04] }))).toContain(
    "at the same accuracy",
  );
});

test("headline() does not divide by a rho2 of 0", () => {
  expect(headline(withNumbers({}))).toBe("Accuracy and robustness of 5 models on Fashion-MNIST.");
});
