import { expect, test } from "vitest";
import { CAPTION_LINES, CAPTION_SIZE, sampleCaption } from "./sample-caption.ts";
import { exampleResult } from "./testing/example-result.ts";
import { textWidth } from "./text-width.ts";

const RESULT = exampleResult();
const { samples } = RESULT.seeds[0]!;

function captionOf(predicted: number, before: number, width = 74) {
  const row = {
    ...samples.rows[0]!,
    ...{ predicted: samples.labels.map(() => predicted), before: samples.labels.map(() => before) },
    probability: samples.labels.map(() => 0.996),
  };
  return sampleCaption(RESULT, row, 0, width); // the first sample is an Ankle boot
}

test("sampleCaption() has true class, predicted class and probability on a line each", () => {
  expect(captionOf(0, 9)).toEqual([
    { text: "Ankle boot", tone: "muted" },
    { text: "→ T-shirt/top", tone: "wrong" },
    { text: "100 %", tone: "wrong" },
  ]);
  expect(captionOf(9, 8)).toEqual([
    { text: "Ankle boot†", tone: "muted" },
    { text: "→ Ankle boot", tone: "ink" },
    { text: "100 %", tone: "ink" },
  ]);
});

test("sampleCaption() fits its room, in as many lines as there is room for", () => {
  const lines = captionOf(0, 9, 40);
  expect(lines).toHaveLength(CAPTION_LINES);
  for (const { text } of lines) expect(textWidth(text, CAPTION_SIZE)).toBeLessThanOrEqual(40);
});
