import { problemSchema, type ErrorCode } from "@gambeson/contract";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { createApp } from "./create-app.ts";
import { RUN_ID } from "./testing/fake-state.ts";
import { testServer, TOKEN } from "./testing/test-server.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const READS = ["GET", "HEAD", "OPTIONS"];
/** The addresses that need no token, by method. */
const OPEN = ["GET /healthz", "HEAD /healthz", "POST /api/v1/session"];

/** Values for the parts of addresses, which name nothing that there is. */
const VALUES: Readonly<Record<string, string>> = {
  id: RUN_ID,
  sha256: "0".repeat(64),
  seed: "1",
  model: "pretrained",
  image: "0.png",
  file: `${"0".repeat(64)}.safetensors`,
  modelFile: "pretrained.safetensors",
  name: "none.csv",
};

const { ask, app } = testServer({ token: TOKEN });
const routes = app.routes.filter(({ method }) => method !== "ALL");
const patterns = [...new Set(routes.map(({ path }) => path))];
/** The same part's name may stand for another file below a run. */
const addressOf = (pattern: string) =>
  pattern
    .replace(":seed/:file", ":seed/:modelFile")
    .replace(/:(\w+)(\{[^/]*\})?/g, (_, name: string) => VALUES[name] ?? "none");
const walk = patterns.flatMap((pattern) =>
  METHODS.map((method) => [method, addressOf(pattern), pattern] as const),
);

async function expectRefusal(
  response: Response,
  method: string,
  code: ErrorCode,
  status: number,
): Promise<void> {
  expect(response.status).toBe(status);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  expect(response.headers.get("cross-origin-resource-policy")).toBe("same-origin");
  expect(response.headers.get("cache-control")).toBe("no-store");
  if (method === "HEAD") return;
  const problem: unknown = await response.json();
  expect(v.is(problemSchema, problem)).toBe(true);
  expect(problem).toMatchObject({ code, status });
}

test("the walk meets the routes", () => {
  expect(patterns).toContain("/api/v1/runs/:id");
  expect(walk.length).toBeGreaterThan(80);
});

describe("every address, by every method", () => {
  test.each(walk)("%s %s: wrong Host, before all else", async (method, address) => {
    const headers = { host: "evil.example", authorization: null, origin: "https://evil.example" };
    await expectRefusal(await ask(method, address, { headers }), method, "HOST_UNKNOWN", 421);
  });

  const locked = walk.filter(([method, address]) => !OPEN.includes(`${method} ${address}`));
  test.each(locked)("%s %s: no token", async (method, address) => {
    const headers = { authorization: null, origin: "https://evil.example" };
    await expectRefusal(await ask(method, address, { headers }), method, "UNAUTHENTICATED", 401);
  });

  const changes = walk.filter(([method]) => !READS.includes(method));
  test.each(changes)("%s %s: another site's page", async (method, address) => {
    const headers = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
    await expectRefusal(await ask(method, address, { headers }), method, "CROSS_SITE", 403);
  });

  const methodsOf = (pattern: string) => {
    const same = routes.filter(({ path }) => addressOf(path) === addressOf(pattern));
    const own = same.map(({ method }) => method);
    return [...own, ...(own.includes("GET") ? ["HEAD"] : []), "OPTIONS"];
  };
  const unknown = walk.filter(([method, , pattern]) => !methodsOf(pattern).includes(method));
  test.each(unknown)("%s %s: a method that it does not take", async (method, address, pattern) => {
    const response = await ask(method, address);
    expect(new Set(response.headers.get("allow")?.split(", "))).toEqual(new Set(methodsOf(pattern)));
    await expectRefusal(response, method, "METHOD_NOT_ALLOWED", 405);
  });

  test.each(patterns)("OPTIONS %s says its methods", async (pattern) => {
    const response = await ask("OPTIONS", addressOf(pattern));
    expect(response.status).toBe(204);
    expect(new Set(response.headers.get("allow")?.split(", "))).toEqual(new Set(methodsOf(pattern)));
  });

  const ofNothing = walk.filter(
    ([method, , pattern]) =>
      method !== "OPTIONS" && pattern.includes(":") && methodsOf(pattern).includes(method),
  );
  test.each(ofNothing)("%s %s names nothing that there is: 404", async (method, address) => {
    const body = method === "PATCH" ? { name: "New" } : undefined;
    const response = await ask(method, address, { body });
    const isOfRun = address.startsWith(`/api/v1/runs/${RUN_ID}`);
    await expectRefusal(response, method, isOfRun ? "RUN_NOT_FOUND" : "NOT_FOUND", 404);
  });
});

describe("addresses that there are not", () => {
  const addresses = [
    "/nothing",
    "/api",
    "/api/v1",
    "/api/v1/",
    "/api/v2/runs",
    "/api/v1/runs/",
    "/api/v1/runs/../../etc/passwd",
    "/api/v1/runs/%2e%2e%2fetc%2fpasswd",
    "/api/v1/runs/r000000000000000000A",
    "/api/v1/runs/%",
    "/api/v1/runs/%00",
    "/api/v1/presets/x",
    "//healthz",
    "/index.html",
  ];
  test.each(addresses.flatMap((address) => METHODS.map((method) => [method, address] as const)))(
    "%s %s: 404, or 405 where the method matters first",
    async (method, address) => {
      const response = await ask(method, address, { headers: { accept: "text/html" } });
      const isRun = /^\/api\/v1\/runs\/[^/]+$/.test(new URL(address, "http://h").pathname);
      if (isRun && method === "OPTIONS") expect(response.status).toBe(204);
      else if (isRun && !["GET", "HEAD", "PATCH", "DELETE"].includes(method))
        await expectRefusal(response, method, "METHOD_NOT_ALLOWED", 405);
      else await expectRefusal(response, method, "NOT_FOUND", 404);
    },
  );
});

test("two apps do not share anything", async () => {
  const other = createApp(testServer().context);
  expect(other.routes.length).toBe(app.routes.length);
  expect(
    (await other.request("http://127.0.0.1:8787/healthz", { headers: { host: "127.0.0.1:8787" } })).status,
  ).toBe(200);
});
