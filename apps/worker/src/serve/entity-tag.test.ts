import { expect, test } from "vitest";
import { entityTag, isKnown } from "./entity-tag.ts";

test("entityTag() tells parts apart, not only their sum", () => {
  expect(entityTag("a", "b")).toMatch(/^"[0-9a-f]{32}"$/);
  expect(entityTag("a", "b")).toBe(entityTag("a", "b"));
  expect(entityTag("ab")).not.toBe(entityTag("a", "b"));
  expect(entityTag("a")).toBe(entityTag(new TextEncoder().encode("a")));
});

test.each([
  ['"a"', true],
  ['W/"a"', true],
  ['"b", "a"', true],
  ['"b",W/"a"', true],
  ["*", true],
  [" * ", true],
  [undefined, false],
  ["", false],
  ['"b"', false],
  ["a", false],
  ['"A"', false],
])('isKnown() of %j is %j for "a"', (header, known) => {
  expect(isKnown(header, '"a"')).toBe(known);
});
