import { expect, test } from "vitest";
import { missedPromises } from "./missed-promises.ts";

const KEPT = {
  slowdown: 0.09,
  p99DelayMs: 999,
  cleanUpMs: 1999,
  mostCancelMs: 1999,
  faults: [],
  failedReads: [],
};

test("promises that are kept are not mentioned", () => {
  expect(missedPromises(KEPT)).toEqual([]);
});

test.each([
  [{ slowdown: 0.1 }, "the slowdown of a run that is watched must be less than 0.1: current value is 0.1"],
  [{ p99DelayMs: 1000 }, "the delivery of an event (p99, ms) must be less than 1000: current value is 1000"],
  [{ p99DelayMs: NaN }, "the delivery of an event (p99, ms) must be less than 1000: current value is NaN"],
  [{ cleanUpMs: Infinity }, "must be less than 2000: current value is Infinity"],
  [{ mostCancelMs: 2500 }, "a cancellation (ms) must be less than 2000: current value is 2500"],
  [{ faults: ["client 3: position 0"] }, "every client must get every event once, in order: client 3"],
  [{ failedReads: ["/x: 500"] }, "every read must be answered: /x: 500"],
])("%j is a promise that is not kept", (changes, message) => {
  const missed = missedPromises({ ...KEPT, ...changes });
  expect(missed).toHaveLength(1);
  expect(missed[0]).toContain(message);
});
