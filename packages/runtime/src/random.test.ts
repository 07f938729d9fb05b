import fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom, fnv1a64, shuffledIndices, splitMix64, truncatedNormal, xoshiro128 } from "./random.ts";

test("xoshiro128() gives the reference program's outputs", () => {
  // xoshiro128starstar.c 1.1 compiled with gcc, state {1, 2, 3, 4}; the same numbers are rand_xoshiro's test vector.
  const next = xoshiro128([1, 2, 3, 4]);
  const expected = [
    11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
  ];
  expect(expected.map(() => next())).toEqual(expected);
});

test("splitMix64() gives the published outputs for seed 1234567", () => {
  expect(splitMix64(1234567n, 3)).toEqual([6457827717110365317n, 3203168211198807973n, 9817491932198370423n]);
});

test("fnv1a64() gives the published hashes", () => {
  expect(fnv1a64("")).toBe(0xcbf29ce484222325n);
  expect(fnv1a64("a")).toBe(0xaf63dc4c8601ec8cn);
  expect(fnv1a64("foobar")).toBe(0x85944171f73967e8n);
});

test("createRandom() repeats a stream and keeps differently named streams apart", () => {
  const take = (...names: string[]) => {
    const random = createRandom(7, ...names);
    return Array.from({ length: 4 }, () => random.uint32());
  };
  expect(take("a")).toEqual(take("a"));
  expect(take("a")).not.toEqual(take("b"));
});

test("createRandom() refuses a seed that is no integer", () => {
  expect(() => createRandom(0.5)).toThrow(RangeError);
  expect(() => createRandom(-1)).toThrow("current value is -1");
});

test("normal() has mean 0 and deviation 1", () => {
  const random = createRandom(1, "normal");
  const values = Array.from({ length: 100_000 }, () => random.normal());
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  // Four standard errors: 1 / sqrt(n) for the mean, sqrt(2 / n) for the variance.
  expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(values.length));
  expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / values.length));
});

test("truncatedNormal() stays within two deviations and has the truncated distribution's deviation", () => {
  const values = truncatedNormal(createRandom(3), 100_000, 0.01);
  expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(Math.fround(0.02));
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);
  // A standard normal cut at +-2 has deviation 0.8796 (scipy.stats.truncnorm(-2, 2).std()).
  expect(deviation / 0.01).toBeCloseTo(0.8796, 2);
});

test("integer() is unbiased and in range", () => {
  const random = createRandom(5);
  const counts = [0, 0, 0];
  for (let i = 0; i < 30_000; i++) counts[random.integer(3)]!++;
  // Four standard deviations of a binomial with n = 30,000 and p = 1/3.
  for (const count of counts)
    expect(Math.abs(count - 10_000)).toBeLessThan(4 * Math.sqrt(30_000 * (1 / 3) * (2 / 3)));
});

test("shuffledIndices() is a permutation", () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.nat(300), (seed, count) => {
      const indices = shuffledIndices(createRandom(seed), count);
      expect([...indices].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, index) => index));
    }),
  );
});
