import { expect, test } from "vitest";
import { HIDDEN_LINES } from "./hidden-lines.ts";

test("HIDDEN_LINES change where their ids do, not where the list alone is another", () => {
  const { hasChanged } = HIDDEN_LINES;
  expect(hasChanged(["a", "b"], ["a", "b"])).toBe(false);
  expect(hasChanged([], [])).toBe(false);
  expect(hasChanged(["a"], ["a", "b"])).toBe(true);
  expect(hasChanged(["a", "b"], ["a"])).toBe(true);
  expect(hasChanged(["a,b"], ["a", "b"])).toBe(true);
});
