import { expect, test } from "vitest";
import { estimateReport } from "./estimate-report.ts";
import { exampleRow } from "./testing/example-result.ts";

const rows = [
  exampleRow({ part: "training-epoch", contender: "pytorch", seconds: [2] }),
  exampleRow({ part: "deep-defense", contender: "pytorch", seconds: [30] }),
  exampleRow({ part: "deepfool", contender: "foolbox", seconds: [4] }),
];

test("estimateReport() adds up 20 epochs, 10 of Deep Defense and DeepFool on 11 test sets' images", () => {
  // 20 * 2 + 10 * 30 + (60,000 / 10,000 + 5) * 4
  expect(estimateReport(rows, { train: 60_000, test: 10_000 })).toBe(384);
});

test("estimateReport() is null where a row is missing", () => {
  expect(estimateReport(rows.slice(1), { train: 60_000, test: 10_000 })).toBeNull();
});
