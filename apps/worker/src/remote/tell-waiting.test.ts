import { expect, test } from "vitest";
import { tellWaiting } from "./tell-waiting.ts";

/** How many workers the server has heard of, each time that it is asked; the last one stays. */
function waiting(workers: readonly number[], { hasLauncher = false, signal = new AbortController().signal }) {
  const lines: string[] = [];
  let asked = 0;
  const readiness = () => {
    const now = workers[Math.min(asked++, workers.length - 1)]!;
    return Promise.resolve({ status: "waiting" as const, workers: now, queued: 1, running: 0 });
  };
  const reporter = { line: (text: string) => lines.push(text) };
  const told = tellWaiting({ readiness }, reporter, { signal, hasLauncher, patienceMs: 20 });
  return told.then(() => ({ lines, asked }));
}

test("where workers are busy, that is said at once", async () => {
  expect(await waiting([1], {})).toEqual({ lines: ["Queued: it begins when a worker is free"], asked: 1 });
});

test("where there is none, one is waited for; then it is said how to start one", async () => {
  expect((await waiting([0], {})).lines).toEqual([
    "Queued: waiting for a worker; none is at work: start one with: npm run gambeson -- work",
  ]);
  expect((await waiting([0, 1], {})).lines).toEqual(["Queued: it begins when a worker is free"]);
});

test("nobody is told to start what the launcher brings", async () => {
  expect((await waiting([0], { hasLauncher: true })).lines).toEqual([]);
});

test("nothing is said of a run that has begun meanwhile", async () => {
  const begun = new AbortController();
  setTimeout(() => {
    begun.abort();
  }, 5);
  expect(await waiting([0], { signal: begun.signal })).toEqual({ lines: [], asked: 1 });
});
