import { expect, test } from "vitest";
import { boundsText, fieldText, fieldValue } from "./field-text.ts";
import type { LeafField, NumberBounds } from "./form-fields.ts";

const ABOUT = { path: "a", label: "A", help: "" };
const FREE: NumberBounds = { isInteger: false, min: null, max: null, above: null, below: null };
const NUMBER: LeafField = { ...ABOUT, ...FREE, kind: "number", isNullable: false, default: 1 };
const MAYBE: LeafField = { ...NUMBER, isNullable: true };
const NUMBERS: LeafField = { ...ABOUT, ...FREE, kind: "numbers", default: [] };
const TEXT: LeafField = { ...ABOUT, kind: "text", maxLength: null, default: "" };
const SWITCH: LeafField = { ...ABOUT, kind: "switch", default: false };

test.each<[LeafField, string, unknown, string]>([
  [NUMBER, "0.001", 0.001, "0.001"],
  [NUMBER, " 1e-7 ", 1e-7, "1e-7"],
  [NUMBER, "", "", ""],
  [NUMBER, "ten", "ten", "ten"],
  [NUMBER, "Infinity", "Infinity", "Infinity"],
  [MAYBE, " ", null, ""],
  [NUMBERS, "1, 2,3", [1, 2, 3], "1, 2, 3"],
  [NUMBERS, "1, 2, ", [1, 2], "1, 2"],
  [NUMBERS, "1,x", [1, "x"], "1, x"],
  [NUMBERS, "", [], ""],
  [TEXT, "12", "12", "12"],
  [SWITCH, "true", true, "true"],
  [SWITCH, "false", false, "false"],
])("%o: '%s' stands for %j, which is shown as '%s'", (field, text, value, shown) => {
  expect(fieldValue(field, text)).toEqual(value);
  expect(fieldText(field, value)).toBe(shown);
});

test.each<[Partial<NumberBounds>, string]>([
  [{}, "number"],
  [{ isInteger: true, min: 1, max: 1000 }, "whole number from 1 to 1,000"],
  [{ min: 1, max: 1e6 }, "number from 1"],
  [{ above: 0, max: 10 }, "number above 0 up to 10"],
  [{ min: 0, below: 1 }, "number from 0 and below 1"],
  [{ min: 0 }, "number from 0"],
])("boundsText() of %j is '%s'", (bounds, text) => {
  expect(boundsText({ ...NUMBER, ...bounds })).toBe(text);
});

test("boundsText() of a list says how it is written; of a text nothing", () => {
  expect(boundsText({ ...NUMBERS, min: 0 })).toBe("numbers separated by commas, each a number from 0");
  expect(boundsText(TEXT)).toBe("");
});
