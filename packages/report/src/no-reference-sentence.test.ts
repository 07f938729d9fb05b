import type { Result } from "@gambeson/contract";
import { describe, expect, test } from "vitest";
import { noReferenceSentence } from "./no-reference-sentence.ts";
import { exampleResult } from "./testing/example-result.ts";

function withReferences(references: readonly (number | null)[]): Result {
  const result = exampleResult(references.length);
  const seeds = result.seeds.map((seed, i) => ({ ...seed, epsilonReference: references[i]! }));
  return { ...result, seeds };
}

describe("noReferenceSentence()", () => {
  test("tells that no epsilon sufficed", () => {
    expect(noReferenceSentence(withReferences([null]))).toBe(
      "No ε up to 1 makes FGS fool Deep Defense on 50 % of the test images, so there is no reference ε, and accuracy under FGS was not measured.",
    );
  });

  test("tells that none was needed", () => {
    expect(noReferenceSentence(withReferences([0]))).toBe(
      "Deep Defense is wrong on 50 % of the test images or more before any attack, so there is no reference ε, and accuracy under FGS was not measured.",
    );
  });

  test("tells both where seeds differ", () => {
    expect(noReferenceSentence(withReferences([null, 0]))).toMatch(
      /^Deep Defense is wrong on 50 % .* before any attack\. With another seed: No ε up to 1 makes .*, so there is no reference ε/,
    );
  });
});
