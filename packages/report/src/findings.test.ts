import type { ModelResult, Result } from "@gambeson/contract";
import { describe, expect, test } from "vitest";
import { findings } from "./findings.ts";
import { exampleResult } from "./testing/example-result.ts";

/** The example with only its pre-trained model, whose diagnostics are changed. */
function withDiagnostics(diagnostics: Partial<ModelResult["diagnostics"]>): Result {
  const result = exampleResult();
  const [seed] = result.seeds;
  const model = seed!.models[0]!;
  return {
    ...result,
    seeds: [{ ...seed!, models: [{ ...model, diagnostics: { ...model.diagnostics, ...diagnostics } }] }],
  };
}

describe("findings()", () => {
  test("finds nothing where nothing is", () => {
    expect(findings(withDiagnostics({}))).toEqual([]);
  });

  test.each([
    [{ zeroGradient: { count: 500, of: 2000 } }, "FGS cannot move 500 of 2,000 (25.00 %) images"],
    [{ unfooled: { count: 100, of: 2000 } }, "DeepFool ran out of steps on 100 of 2,000 (5.00 %) images"],
    [{ blank: { count: 1, of: 2000 } }, "1 of 2,000 (0.05 %) images are all black"],
    [{ curveRises: { count: 3, largest: 0.02 } }, "Accuracy rises again by up to 2.00 points"],
  ])("says what %o means", (diagnostics, sentence) => {
    const found = findings(withDiagnostics(diagnostics));
    expect(found).toHaveLength(1);
    expect(found[0]?.model).toBe("Pre-trained");
    expect(found[0]?.sentence).toContain(sentence);
  });

  test("says that a frozen perturbation has no gradient", () => {
    const result = exampleResult();
    const regimes = result.config.regimes.map((regime) =>
      regime.id === "deep-defense" ? { ...regime, perturbation: "frozen" as const } : regime,
    );
    const sentences = findings({ ...result, config: { ...result.config, regimes } });
    expect(
      sentences.some(({ model, sentence }) => model === "Deep Defense" && sentence.includes("no gradient")),
    ).toBe(true);
  });
});
