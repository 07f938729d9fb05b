import { expect, test } from "vitest";
import { oneLine } from "./one-line.ts";

test.each([
  ["plain é 💣", "plain é 💣"],
  ["a\nb\u007f\u2028\u202e", String.raw`a\u000ab\u007f\u2028\u202e`],
  ["half \ud83d", String.raw`half \ud83d`],
  ["x".repeat(81), `${"x".repeat(79)}…`],
  ["x".repeat(80), "x".repeat(80)],
])("oneLine(%j) is %j", (text, expected) => {
  expect(oneLine(text)).toBe(expected);
});
