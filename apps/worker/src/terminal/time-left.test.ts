import { expect, test } from "vitest";
import { createTimeLeft } from "./time-left.ts";

test("createTimeLeft() goes on as fast as before", () => {
  const left = createTimeLeft(0, 1000);
  expect(left.at(0.25, 11_000)).toBe(30_000);
  expect(left.at(0.5, 21_000)).toBe(20_000);
  expect(left.at(1, 41_000)).toBe(0);
});

test("createTimeLeft() says nothing in the first seconds, nor before anything is done", () => {
  const left = createTimeLeft(0, 0);
  expect(left.at(0.5, 1999)).toBeNull();
  expect(createTimeLeft(0, 0).at(0.001, 60_000)).toBeNull();
});

test("createTimeLeft() does not count what an earlier run had done", () => {
  const left = createTimeLeft(0, 0);
  left.skipTo(0.5);
  expect(left.at(0.6, 10_000)).toBeCloseTo(40_000, 6);
  const resumed = createTimeLeft(0.8, 0);
  expect(resumed.at(0.9, 10_000)).toBeCloseTo(10_000, 6);
});

test("createTimeLeft() never goes backwards", () => {
  const left = createTimeLeft(0, 0);
  left.at(0.5, 5000);
  expect(left.at(0.4, 10_000)).toBe(10_000);
});
