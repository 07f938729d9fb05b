import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createPaint } from "./paint.ts";
import { percent, progressLines, type ProgressView } from "./progress-lines.ts";

const VIEW: ProgressView = {
  title: "Training Deep Defense",
  note: "epoch 3/5, loss 0.412",
  index: 2,
  of: 12,
  share: 0.5,
  runShare: 0.25,
  taskLeftMs: 12_000,
  runLeftMs: 3_723_000,
};
const plain = createPaint(false);

test("progressLines() draws the task and the run, 80 columns wide", () => {
  expect(progressLines(VIEW, 80, plain)).toEqual(
    [
      "Training Deep Defense · epoch 3/5, loss 0… ████████░░░░░░░░  50 %  0:12 left",
      "Task 3 of 12                               ████░░░░░░░░░░░░  25 %  1:02:03 left",
    ].map((line) => line),
  );
});

test("progressLines() leaves the bar out of a narrow terminal, and the time while it is unknown", () => {
  expect(progressLines({ ...VIEW, taskLeftMs: null, runLeftMs: null }, 50, plain)).toEqual([
    "Training Deep Defense · epoc…  50 %",
    "Task 3 of 12                   25 %",
  ]);
});

test("progressLines() dims the note only", () => {
  const [first] = progressLines(VIEW, 120, createPaint(true));
  expect(first).toContain("Training Deep Defense\x1b[2m · epoch 3/5, loss 0.412\x1b[0m ");
});

test("progressLines() never reaches the last column, whatever it is given", () => {
  const view = fc.record({
    title: fc.string(),
    note: fc.string(),
    index: fc.nat({ max: 999 }),
    of: fc.nat({ max: 999 }),
    share: fc.double({ min: -1, max: 2, noNaN: true }),
    runShare: fc.double({ min: 0, max: 1, noNaN: true }),
    taskLeftMs: fc.option(fc.nat({ max: 80_000_000 })),
    runLeftMs: fc.option(fc.nat({ max: 80_000_000 })),
  });
  fc.assert(
    fc.property(view, fc.integer({ min: 25, max: 300 }), (given, columns) => {
      for (const line of progressLines(given, columns, plain)) expect(line.length).toBeLessThan(columns);
    }),
  );
});

test.each([
  [0, "  0 %"],
  [0.999, " 99 %"],
  [1, "100 %"],
  [1.5, "100 %"],
  [-1, "  0 %"],
])("percent(%d) is %j", (share, text) => {
  expect(percent(share)).toBe(text);
});
