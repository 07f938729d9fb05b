import { expect, test } from "vitest";
import { connected, createStallTimer } from "./connection.ts";

test("connected() passes a value on", async () => {
  expect(await connected(Promise.resolve(7))).toBe(7);
});

test.each([
  [
    "Node's",
    new TypeError("fetch failed", { cause: new Error("getaddrinfo ENOTFOUND a.example") }),
    "no such host",
  ],
  [
    "Node's other",
    new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED 127.0.0.1:9") }),
    "no connection (connect ECONNREFUSED 127.0.0.1:9)",
  ],
  [
    "Deno's",
    new TypeError(
      "error sending request for url (https://a.example/f.gz): client error (Connect): dns error: failed to lookup address",
    ),
    "no such host",
  ],
  [
    "Deno's other",
    new TypeError("error sending request for url (https://a.example/f.gz): connection reset"),
    "no connection (error sending request: connection reset)",
  ],
  ["a nameless", new DOMException("", "NetworkError"), "no connection (NetworkError)"],
  ["a text", "closed", "no connection (closed)"],
])("connected() puts %s failure into a few words", async (_, cause, reason) => {
  const failure = connected(Promise.reject(cause as Error));
  await expect(failure).rejects.toMatchObject({ name: "ConnectionFailure", message: reason });
});

test("createStallTimer() aborts after silence, not before, and never once stopped", async () => {
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const timers = [20, 20, 60_000, 20].map(createStallTimer);
  const [silent, stopped, patient, restarted] = timers;
  stopped!.stop();
  restarted!.restart(60_000);
  await pause(100);
  patient!.stop();
  restarted!.stop();
  expect(timers.map(({ signal }) => signal.aborted)).toEqual([true, false, false, false]);
  const failure = connected(Promise.reject(silent!.signal.reason as Error));
  await expect(failure).rejects.toMatchObject({ message: "no answer in 0.02 s" });
});
