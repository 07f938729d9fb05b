import { exampleResult } from "@gambeson/report/testing/example-result";
import { expect, test } from "vitest";
import { fromText, imageChoice, mostEpsilon, totalSentence } from "./image-choice.ts";

// Two seeds, 2,000 test images of ten classes, samples at an epsilon of 0.05.
const RESULT = exampleResult(2);

test("imageChoice() shows the first model's first images where the address says nothing", () => {
  expect(imageChoice({}, RESULT)).toEqual({
    ...{ seed: 1, model: "pretrained", label: null, fooled: null, correct: null, from: 0, size: 12 },
    ...{ epsilon: 0.05, amplify: 10, hasDifference: true },
  });
});

test("imageChoice() reads the address", () => {
  const query = {
    ...{ seed: "2", model: "vanilla", true: "9", fooled: "false", correct: "true", from: "1999" },
    ...{ size: "24", fgs: "0.0125", amplify: "20", difference: "false" },
  };
  expect(imageChoice(query, RESULT)).toEqual({
    ...{ seed: 2, model: "vanilla", label: 9, fooled: false, correct: true, from: 1999, size: 24 },
    ...{ epsilon: 0.0125, amplify: 20, hasDifference: false },
  });
});

test("imageChoice() takes what makes no sense for not said", () => {
  const query = {
    ...{ seed: "9", model: "none", true: "10", fooled: "yes", correct: "", from: "2000", size: "13" },
    ...{ fgs: "-1", amplify: "1e9" },
  };
  expect(imageChoice(query, RESULT)).toEqual(imageChoice({}, RESULT));
  expect(imageChoice({ fgs: "99", amplify: "0" }, RESULT)).toEqual(imageChoice({}, RESULT));
});

test("fromText() is what an address says of the place that is shown", () => {
  expect(fromText(imageChoice({ from: "1999" }, RESULT).from)).toBe("1999");
  expect(fromText(imageChoice({ from: "99999" }, RESULT).from)).toBeNull();
});

test("mostEpsilon() goes up to twice what is measured", () => {
  const { config } = RESULT;
  const seeds = RESULT.seeds.map((seed) => ({ ...seed, epsilonReference: 0.0871 }));
  expect(mostEpsilon({ seeds, config })).toBe(0.18);
  expect(mostEpsilon({ seeds: seeds.map((seed) => ({ ...seed, epsilonReference: null })), config })).toBe(
    0.1,
  );
});

test.each([
  [{ label: null, fooled: null, correct: null }, "All 2,000 test images."],
  [{ label: 6, fooled: null, correct: null }, "131 of 2,000 test images: true class Shirt."],
  [
    { label: 6, fooled: true, correct: false },
    "131 of 2,000 test images: true class Shirt, wrong before any attack, fooled by DeepFool.",
  ],
  [
    { label: null, fooled: false, correct: true },
    "131 of 2,000 test images: right before any attack, not fooled by DeepFool.",
  ],
])("totalSentence() says how many, and which", (choice, sentence) => {
  expect(totalSentence(choice, 131, RESULT.dataset)).toBe(sentence);
});
