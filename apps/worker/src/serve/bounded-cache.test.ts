import { expect, test } from "vitest";
import { boundedCache } from "./bounded-cache.ts";

test("boundedCache() keeps what was asked for last, and makes a thing once", async () => {
  const cache = boundedCache<string>(2);
  const made: string[] = [];
  const ask = (key: string) =>
    cache(key, () => {
      made.push(key);
      return Promise.resolve(key.toUpperCase());
    });
  expect(await Promise.all([ask("a"), ask("a"), ask("b")])).toEqual(["A", "A", "B"]);
  await ask("a");
  await ask("c"); // "b" was asked for longest ago.
  await ask("a");
  await ask("b");
  expect(made).toEqual(["a", "b", "c", "b"]);
});

test("boundedCache() does not keep a failure", async () => {
  const cache = boundedCache<number>(2);
  await expect(cache("a", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await cache("a", () => Promise.resolve(1))).toBe(1);
});
