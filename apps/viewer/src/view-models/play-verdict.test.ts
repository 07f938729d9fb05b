import { expect, test } from "vitest";
import { playVerdict } from "./play-verdict.ts";

const CLASSES = ["Shirt", "Coat", "Bag"];
const seen = (...probabilities: number[]) => ({
  probabilities,
  predicted: probabilities.indexOf(Math.max(...probabilities)),
});

test.each([
  [seen(0.9, 0.1, 0), seen(0.6, 0.4, 0), "holds", "holds: Shirt 60.0%"],
  [seen(0.9, 0.1, 0), seen(0.17, 0.83, 0), "fooled", "fooled → Coat 83.0%"],
  [seen(0.1, 0.9, 0), seen(0.1, 0.9, 0), "wrong", "wrong without any attack → Coat 90.0%"],
  [seen(0.1, 0.9, 0), seen(0.1, 0.2, 0.7), "wrong", "wrong without any attack, was Coat → Bag 70.0%"],
])("playVerdict() of an image of class 0, seen as %j and then as %j", (before, now, kind, text) => {
  expect(playVerdict(before, now, 0, CLASSES)).toEqual({ kind, text });
});
