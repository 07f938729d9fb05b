import { expect, test } from "vitest";
import { fourDecimalsText, numberText, percentText, statisticText } from "./numbers.ts";

/** Tests run in whatever language the machine speaks: only its decimal sign and its grouping are taken from it. */
const parts = new Intl.NumberFormat().formatToParts(1234.5);
const sign = (type: Intl.NumberFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? "";
const [POINT, COMMA] = [sign("decimal"), sign("group")];

test("percentText() has a fixed number of decimals", () => {
  expect(percentText(0.8738)).toContain(`87${POINT}4`);
  expect(percentText(0.8738, 2)).toContain(`87${POINT}38`);
  expect(percentText(1, 0)).toMatch(/^\D*100\D*$/);
  expect(percentText(0.5)).toContain("%");
});

test("fourDecimalsText() and numberText() round, and keep no more than is meant", () => {
  expect(fourDecimalsText(0.02804)).toBe(`0${POINT}0280`);
  expect(fourDecimalsText(1)).toBe(`1${POINT}0000`);
  expect(numberText(1234)).toBe(`1${COMMA}234`);
  expect(numberText(0.1 + 0.2)).toBe(`0${POINT}3`);
});

test("statisticText() has the deviation where there is one, and a dash for nothing", () => {
  const text = (value: number) => `<${value}>`;
  expect(statisticText({ mean: 2, deviation: null }, text)).toBe("<2>");
  expect(statisticText({ mean: 2, deviation: 0.5 }, text)).toBe("<2> ± <0.5>");
  expect(statisticText(null, text)).toBe("–");
});
