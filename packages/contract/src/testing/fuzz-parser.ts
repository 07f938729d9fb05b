import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { expect } from "vitest";

type ErrorClass = new (...parameters: never[]) => Error;

export interface FuzzFindings {
  /** How many inputs were read, and how many were refused as documented. */
  readonly accepted: number;
  readonly refused: number;
  readonly slowestMs: number;
  /** How much more memory is in use after the last input than after the first quarter of them. */
  readonly grownBytes: number;
}

const RUNS = 2000;
const MOST_MS = 1000;
const MOST_GROWN_BYTES = 4 * 1024 * 1024;
const MOST_MESSAGE = 4000;

/**
 * Lets a parser read 2,000 inputs, the same ones each time; it must keep its promises or refuse in one line of an error it documents,
 * within a second, and leave nothing in memory.
 *
 * @param read Reads an input and checks what came of it: what `expect` throws fails the test.
 * @param refusals The classes of error that the parser documents.
 */
export async function fuzzParser<T>(
  inputs: fc.Arbitrary<T>,
  read: (input: T) => unknown,
  refusals: readonly ErrorClass[],
): Promise<FuzzFindings> {
  let [accepted, refused, slowestMs, early] = [0, 0, 0, 0];
  const tried = fc.asyncProperty(inputs, async (input) => {
    const startedAt = performance.now();
    try {
      await read(input);
      accepted++;
    } catch (error) {
      if (!refusals.some((kind) => error instanceof kind)) throw error;
      const { message } = error as Error;
      // The engine's own errors, such as for a stack or an array that is too large, do not begin like this.
      expect(message).toMatch(/^Cannot [^\p{Cc}\u2028\u2029]+ as [^\p{Cc}\u2028\u2029]+$/u);
      expect(message.length).toBeLessThan(MOST_MESSAGE);
      refused++;
    }
    slowestMs = Math.max(slowestMs, performance.now() - startedAt);
    if (accepted + refused === RUNS / 4) early = memoryInUse();
  });
  await fc.assert(tried, { numRuns: RUNS, seed: 20_180_803 });
  const grownBytes = memoryInUse() - early;
  expect(slowestMs).toBeLessThan(MOST_MS);
  expect(grownBytes).toBeLessThan(MOST_GROWN_BYTES);
  return { accepted, refused, slowestMs, grownBytes };
}

/** Bytes that are still referred to. */
export function memoryInUse(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
