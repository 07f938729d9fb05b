import { expect, test } from "vitest";
import { checkShape, ShapeError } from "./shape-error.ts";

test("checkShape() lets a fitting shape pass, -1 fitting any size", () => {
  expect(() => {
    checkShape("images", [7, 784], [-1, 784]);
  }).not.toThrow();
});

test("checkShape() names what, wanted and actual shape", () => {
  expect(() => {
    checkShape("images", [7, 783], [-1, 784]);
  }).toThrow(new ShapeError("Cannot use images as its shape must be [any, 784]: current value is [7, 783]"));
  expect(() => {
    checkShape("images", [784], [-1, 784]);
  }).toThrow(ShapeError);
});
