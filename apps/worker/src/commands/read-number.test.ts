import { startBackend } from "@gambeson/runtime";
import { expect, test } from "vitest";
import { MOST_THREADS, readThreads } from "./read-number.ts";
import { UsageError } from "./usage-error.ts";

test("readThreads() takes 1 to 8", () => {
  expect(["1", "8", undefined].map(readThreads)).toEqual([1, 8, undefined]);
  for (const text of ["0", "9", "two", ""]) expect(() => readThreads(text)).toThrow(UsageError);
});

test("the backend has the same limit", async () => {
  await expect(startBackend({ threads: MOST_THREADS + 1 })).rejects.toThrow(
    `must be an integer in [1, ${MOST_THREADS}]`,
  );
});
