import { expect, test } from "vitest";
import { methodsOf } from "./methods.ts";
import { exampleResult } from "./testing/example-result.ts";

test("methodsOf() has every regime by its label, and each seed's weights by their checksum", () => {
  const result = exampleResult(2);
  const methods = new Map(methodsOf(result).map(({ term, text }) => [term, text]));
  expect(methods.get("Pre-training")).toBe("10 epochs, batches of 64, learning rate 0.001");
  expect(methods.get("Vanilla")).toBe(
    "goes on with benign images and cross-entropy; 5 epochs, batches of 64, learning rate 0.001",
  );
  expect(methods.get("Deep Defense")).toContain("regulariser (λ 15, c 25, d 5, exponent at most 20)");
  expect(methods.get("Seeds")).toBe("1, 2");
  const weights = methods.get("SHA-256 of the weights");
  expect(weights).toHaveLength(10);
  expect(weights?.[5]).toEqual({
    sha256: result.seeds[1]!.models[0]!.weightsSha256,
    of: "Pre-trained, seed 2",
  });
});
