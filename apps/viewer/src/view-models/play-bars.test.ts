import { expect, test } from "vitest";
import { playBars } from "./play-bars.ts";

test("playBars() marks the true and the predicted class", () => {
  expect(playBars({ probabilities: [0.25, 0.75], predicted: 1 }, 0, ["Shirt", "Coat"])).toEqual([
    { name: "Shirt", share: 0.25, text: "25.0%", isTrue: true, isPredicted: false },
    { name: "Coat", share: 0.75, text: "75.0%", isTrue: false, isPredicted: true },
  ]);
});

test("playBars() leaves out the least likely of many classes, never the true one", () => {
  const probabilities = Array.from({ length: 40 }, (_, k) => (k + 1) / 820);
  const names = playBars({ probabilities, predicted: 39 }, 3, []).map(({ name }) => name);
  expect(names).toEqual(["3", "30", "31", "32", "33", "34", "35", "36", "37", "38", "39"]);
});

test("playBars() has the predicted class of a sure model, where all others are equally unlikely", () => {
  const probabilities = Array.from({ length: 40 }, (_, k) => (k === 30 ? 1 : 0));
  const names = playBars({ probabilities, predicted: 30 }, 35, []).map(({ name }) => name);
  expect(names).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8", "30", "35"]);
});
