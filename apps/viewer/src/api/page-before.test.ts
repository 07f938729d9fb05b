import { expect, test } from "vitest";
import { pageBefore, type AskPositions } from "./page-before.ts";

/** A server that has these images. */
const serverOf =
  (all: readonly number[]): AskPositions =>
  (from, limit) => {
    const rest = all.filter((position) => position >= from);
    return Promise.resolve({ positions: rest.slice(0, limit), next: rest[limit] ?? null });
  };
const hundreds = Array.from({ length: 50 }, (_, i) => 100 * i);

test.each([
  ["the page before", [0, 1, 2, 3, 4, 5, 6, 7], 6, 2, 4],
  ["a page that is not whole", [0, 1, 2], 2, 12, 0],
  ["nothing before", [5, 6, 7], 5, 2, 0],
  ["the beginning", [0, 1], 0, 2, 0],
  // 4600, 4700, 4800 are the three last ones before 4900; they lie farther apart than the first look reaches.
  ["few that fit", hundreds, 4900, 3, 4600],
  ["more than one answer holds", Array.from({ length: 5000 }, (_, i) => i), 5000, 1500, 3500],
] as const)("pageBefore() finds %s", async (_, all, before, size, found) => {
  expect(await pageBefore(serverOf(all), { before, size })).toBe(found);
});
