import { expect, test } from "vitest";
import { allowedHosts, hostAndPort, isLoopback } from "./address.ts";

test("loopback is what only this machine reaches", () => {
  expect(["127.0.0.1", "::1", "localhost"].map(isLoopback)).toEqual([true, true, true]);
  expect(["0.0.0.0", "::", "192.168.1.5", "lab.example", ""].map(isLoopback)).not.toContain(true);
});

test("a host with a port is written as in an address", () => {
  expect(hostAndPort("127.0.0.1", 80)).toBe("127.0.0.1:80");
  expect(hostAndPort("::1", 8787)).toBe("[::1]:8787");
});

test("a loopback server answers to the names of loopback, another to its own, both to what is added", () => {
  expect([...allowedHosts("127.0.0.1", 8787, [])]).toEqual([
    "127.0.0.1:8787",
    "[::1]:8787",
    "localhost:8787",
  ]);
  expect([...allowedHosts("10.0.0.5", 9000, ["Lab.example", "other:1"])]).toEqual([
    "10.0.0.5:9000",
    "lab.example",
    "lab.example:9000",
    "other:1",
  ]);
});

test.each(["0.0.0.0", "::"])(
  "a server at %s, every address, answers to the names of loopback too",
  (host) => {
    expect([...allowedHosts(host, 8787, [])]).toEqual([
      hostAndPort(host, 8787),
      "127.0.0.1:8787",
      "[::1]:8787",
      "localhost:8787",
    ]);
  },
);

test("port 80 goes without saying", () => {
  expect([...allowedHosts("::1", 80, ["lab.example"])].sort()).toEqual(
    ["127.0.0.1", "[::1]", "localhost", "lab.example"].flatMap((name) => [name, `${name}:80`]).sort(),
  );
});

test.each(["", "a b", "http://lab.example", "a/b", "a,b", "lab.example:"])(
  "%j is no host to allow",
  (name) => {
    expect(() => allowedHosts("127.0.0.1", 1, [name])).toThrow("Cannot allow the host as it must be a name");
  },
);
