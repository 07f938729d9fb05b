import { expect, test } from "vitest";
import { isBusy } from "./machine.ts";

test("isBusy() from a quarter of the cores on", () => {
  expect(isBusy({ cores: 2, loadBefore: 0.5 })).toBe(false);
  expect(isBusy({ cores: 2, loadBefore: 0.51 })).toBe(true);
  expect(isBusy({ cores: 8, loadBefore: 1.9 })).toBe(false);
});
