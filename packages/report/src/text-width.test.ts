import { expect, test } from "vitest";
import { fitText, textWidth, wrapText } from "./text-width.ts";

test("fitText() cuts only what does not fit", () => {
  expect(fitText("Vanilla", 100, 12)).toBe("Vanilla");
  const cut = fitText("A label that is much too long for its place", 100, 12);
  expect(cut).toMatch(/^A label.*…$/);
  expect(textWidth(cut, 12)).toBeLessThanOrEqual(100);
});

test("wrapText() breaks at spaces and ends the last line in an ellipsis", () => {
  expect(wrapText("Deep Defense, benign images", 110, 12, 3)).toEqual(["Deep Defense,", "benign images"]);
  const lines = wrapText("one two three four five six seven eight nine ten", 60, 12, 2);
  expect(lines).toHaveLength(2);
  expect(lines[1]).toMatch(/…$/);
  expect(wrapText("", 60, 12, 2)).toEqual([]);
});
