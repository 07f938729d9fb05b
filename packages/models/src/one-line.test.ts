import { expect, test } from "vitest";
import { oneLine } from "./one-line.ts";

test.each([
  ["plain é 💣", "plain é 💣"],
  ["a\nb\u007f\u2028\u202e", String.raw`a\u000ab\u007f\u2028\u202e`],
  ["half \ud83d", String.raw`half \ud83d`],
  // A tag character, beyond the first 65,536.
  ["\u{e0041}", String.raw`\udb40\udc41`],
  ["x".repeat(81), `${"x".repeat(79)}…`],
  ["x".repeat(80), "x".repeat(80)],
])("oneLine(%j) is %j", (text, expected) => {
  expect(oneLine(text)).toBe(expected);
});
