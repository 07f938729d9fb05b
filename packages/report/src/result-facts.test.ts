import { expect, test } from "vitest";
import { resultFacts } from "./result-facts.ts";
import { exampleResult } from "./testing/example-result.ts";

test("resultFacts() counts images, and names seeds, version and day", () => {
  expect(resultFacts(exampleResult())).toEqual([
    "60,000 training and 2,000 test images",
    "seed 1",
    "Gambeson 0.1.0",
    "2026-01-02",
  ]);
  expect(resultFacts(exampleResult(3))[1]).toBe("seeds 1, 2, 3");
});
