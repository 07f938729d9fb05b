import { expect, test } from "vitest";
import { softmaxRows } from "./softmax-rows.ts";

test("softmaxRows() gives each row's probabilities, of large logits too", () => {
  const rows = softmaxRows(Float32Array.of(0, Math.log(3), 1000, 1000), 2);
  [0.25, 0.75, 0.5, 0.5].forEach((expected, at) => {
    expect(rows[at]).toBeCloseTo(expected, 6);
  });
});
