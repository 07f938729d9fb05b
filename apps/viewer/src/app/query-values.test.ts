import { expect, test } from "vitest";
import { flag, numberIn, oneOf, shortText, wholeNumber } from "./query-values.ts";

test("wholeNumber() reads whole numbers up to the largest", () => {
  expect(
    ["0", "9", "10", "1.5", "-1", "1e0", "", " 1", undefined].map((text) => wholeNumber(text, 9)),
  ).toEqual([0, 9, ...Array.from({ length: 7 }, () => null)]);
  expect(wholeNumber("4294967295")).toBe(4294967295);
});

test("numberIn() reads plain decimals within their range", () => {
  expect(
    ["0.5", "1", "50", "0.4999", "50.1", "1e1", "NaN", "", undefined].map((text) => numberIn(text, 0.5, 50)),
  ).toEqual([0.5, 1, 50, ...Array.from({ length: 6 }, () => null)]);
});

test("oneOf() and flag() know words alone", () => {
  expect(oneOf("own", ["benign", "own"])).toBe("own");
  expect(["constructor", "", undefined].map((text) => oneOf(text, ["benign", "own"]))).toEqual([
    null,
    null,
    null,
  ]);
  expect(["true", "false", "yes", "", undefined].map(flag)).toEqual([true, false, null, null, null]);
});

test("shortText() has six decimals at most, and is read again as the same number", () => {
  expect([0.05123456789, 0.05, 20, 0, 1e-7].map(shortText)).toEqual(["0.051235", "0.05", "20", "0", "0"]);
  expect(numberIn(shortText(0.000001), 0, 1)).toBe(0.000001);
});
