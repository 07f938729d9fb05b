import { expect, test } from "vitest";
import { compareAnswers } from "./compare-answers.ts";

test("compareAnswers() allows rho2 and losses a thousandth of their size", () => {
  expect(compareAnswers({ rho2: 0.04004, meanLoss: 2.002 }, { rho2: 0.04, meanLoss: 2 }, 1)).toEqual([]);
  expect(compareAnswers({ rho2: 0.0401 }, { rho2: 0.04 }, 1)).toEqual(["rho2 is 0.0401 instead of 0.04"]);
});

test("compareAnswers() allows counts a thousandth of what was counted", () => {
  expect(compareAnswers({ fooled: 9990 }, { fooled: 10_000 }, 10_000)).toEqual([]);
  expect(compareAnswers({ fooled: 9989 }, { fooled: 10_000 }, 10_000)).toEqual([
    "fooled is 9989 instead of 10000",
  ]);
  // One image is allowed whatever the count.
  expect(compareAnswers({ fooled: 99 }, { fooled: 100 }, 100)).toEqual([]);
  expect(compareAnswers({ fooled: 98 }, { fooled: 100 }, 100)).toHaveLength(1);
});

test("compareAnswers() names the first place of a list that differs", () => {
  expect(compareAnswers({ correct: [5, 90, 70] }, { correct: [5, 50, 50] }, 1000)).toEqual([
    "correct[1] is 90 instead of 50",
  ]);
  expect(compareAnswers({ correct: [5] }, { correct: [5, 5] }, 1000)).toEqual([
    "correct has 1 values instead of 2",
  ]);
});

test("compareAnswers() takes what is missing or no number for a difference", () => {
  expect(compareAnswers({}, { rho2: 1 }, 1)).toEqual(["rho2 has 0 values instead of 1"]);
  expect(compareAnswers({ rho2: Number.NaN }, { rho2: 1 }, 1)).toEqual(["rho2 is NaN instead of 1"]);
  expect(compareAnswers({ meanLoss: 1 }, { meanLoss: Number.NaN }, 1)).toEqual([
    "meanLoss is 1 instead of NaN",
  ]);
});

test("compareAnswers() refuses a quantity that it knows no tolerance of", () => {
  expect(() => compareAnswers({ speed: 1 }, { speed: 1 }, 1)).toThrow(RangeError);
});
