import { expect, test } from "vitest";
import { nearest } from "./nearest.ts";

const KNOWN = ["report", "paper-mlp-mnist", "quick"];

test.each([
  ["reprot", "report"],
  ["quikc", "quick"],
  ["qiukc", null],
  ["quik", "quick"],
  ["paper-mlp-mnst", "paper-mlp-mnist"],
  ["something-else", null],
  ["", null],
])("nearest(%j) is %j", (word, expected) => {
  expect(nearest(word, KNOWN)).toBe(expected);
});
