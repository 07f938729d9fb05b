import { expect, test } from "vitest";
import { connected, ConnectionFailure, createStallTimer } from "./connection.ts";

test("connected() passes a value on", async () => {
  expect(await connected(Promise.resolve(7))).toBe(7);
});

test.each([
  [
    "Node's",
    new TypeError("fetch failed", { cause: new Error("getaddrinfo ENOTFOUND a.example") }),
    "getaddrinfo ENOTFOUND a.example",
  ],
  [
    "Deno's",
    new TypeError("error sending request for url (https://a.example/f.gz): dns error"),
    "error sending request: dns error",
  ],
  ["a nameless", new DOMException("", "NetworkError"), "NetworkError"],
  ["a text", "closed", "closed"],
])("connected() gives %s failure its innermost reason", async (_, cause, reason) => {
  const failure = connected(Promise.reject(cause as Error));
  await expect(failure).rejects.toThrow(new ConnectionFailure(cause).message);
  await expect(failure).rejects.toThrow(`could not be reached or broke off (${reason})`);
});

test("createStallTimer() aborts after silence, not before, and never once stopped", async () => {
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const [silent, stopped, patient] = [createStallTimer(20), createStallTimer(20), createStallTimer(60_000)];
  stopped.stop();
  await pause(100);
  patient.stop();
  expect([silent, stopped, patient].map(({ signal }) => signal.aborted)).toEqual([true, false, false]);
  expect((silent.signal.reason as Error).message).toBe("nothing came for 0.02 s");
});
