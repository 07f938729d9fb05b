import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { whileSeen } from "./while-seen.ts";

class Page extends EventTarget {
  hidden = false;
  turn(hidden: boolean): void {
    this.hidden = hidden;
    this.dispatchEvent(new Event("visibilitychange"));
  }
}

let page: Page;
let stop: AbortController;
/** Whether each piece of work still goes on. */
let works: boolean[];

function work(seen: AbortSignal): Promise<void> {
  const position = works.push(true) - 1;
  return new Promise((resolve) => {
    seen.addEventListener("abort", () => {
      works[position] = false;
      resolve();
    });
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  page = new Page();
  vi.stubGlobal("document", page);
  stop = new AbortController();
  works = [];
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("whileSeen() stops what nobody has seen for a while, and begins again when it is seen", async () => {
  const done = whileSeen(work, stop.signal);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(works).toEqual([true]);
  page.turn(true);
  await vi.advanceTimersByTimeAsync(4000);
  page.turn(false);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(works).toEqual([true]); // A short look elsewhere changes nothing.
  page.turn(true);
  await vi.advanceTimersByTimeAsync(6000);
  expect(works).toEqual([false]);
  page.turn(false);
  await vi.advanceTimersByTimeAsync(0);
  expect(works).toEqual([false, true]);
  stop.abort();
  await done;
  expect(works).toEqual([false, false]);
});

test("whileSeen() of a page opened out of sight waits, and ends when it is to stop", async () => {
  page.hidden = true;
  const done = whileSeen(work, stop.signal);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(works).toEqual([]);
  stop.abort();
  await done;
});

test("whileSeen() fails as its work does", async () => {
  await expect(whileSeen(() => Promise.reject(new Error("refused")), stop.signal)).rejects.toThrow("refused");
});
