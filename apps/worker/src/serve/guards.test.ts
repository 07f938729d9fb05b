import { describe, expect, test } from "vitest";
import { Refusal } from "../state/refusal.ts";
import { HOST, testServer, TOKEN } from "./testing/test-server.ts";

const code = async (response: Response) => ((await response.json()) as { code: string }).code;

describe("the Host header", () => {
  test.each([null, "evil.example", "127.0.0.1", "127.0.0.1:8788", `${HOST}.evil.example`])(
    "%s is refused",
    async (host) => {
      const response = await testServer().ask("GET", "/healthz", { headers: { host } });
      expect(response.status).toBe(421);
      expect(await code(response)).toBe("HOST_UNKNOWN");
    },
  );

  test("its case does not matter", async () => {
    const { app } = testServer({ hosts: new Set(["lab:8787"]) });
    const headers = { host: "LAB:8787" };
    expect((await app.request("http://LAB:8787/healthz", { headers })).status).toBe(200);
  });

  test("of an address that is asked for whole, the host counts, too", async () => {
    const { app } = testServer({ hosts: new Set([HOST, "lab:80"]) });
    const asked = async (address: string) => (await app.request(address, { headers: { host: HOST } })).status;
    expect(await asked(`http://${HOST}/healthz`)).toBe(200);
    expect(await asked("http://lab/healthz")).toBe(200);
    expect(await asked("http://127.0.0.1/healthz")).toBe(421);
    expect(await asked("http://evil.example:8787/healthz")).toBe(421);
  });
});

describe("the token", () => {
  const { ask } = testServer({ token: TOKEN });
  const asks = (authorization: string | null) => ask("GET", "/api/v1/runs", { headers: { authorization } });

  test.each([null, "", "Bearer", "Bearer wrong", `Basic ${TOKEN}`, `Bearer ${TOKEN}x`, `Bearer ${TOKEN} x`])(
    "Authorization %j is refused",
    async (authorization) => {
      const response = await asks(authorization);
      expect([response.status, response.headers.get("www-authenticate")]).toEqual([
        401,
        'Bearer realm="gambeson"',
      ]);
    },
  );

  test.each([`Bearer ${TOKEN}`, `bearer ${TOKEN}`])("Authorization '%s' is enough", async (authorization) => {
    expect((await asks(authorization)).status).toBe(200);
  });

  test("a session's cookie is enough, until it is ended; the token is not in it", async () => {
    const login = await ask("POST", "/api/v1/session", {
      headers: { authorization: null },
      body: { token: TOKEN },
    });
    expect(login.status).toBe(204);
    const set = login.headers.get("set-cookie") ?? "";
    expect(set).toMatch(/^gambeson-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    const [cookie] = set.split(";");
    expect(
      (await ask("GET", "/api/v1/runs", { headers: { authorization: null, cookie: cookie! } })).status,
    ).toBe(200);
    const wrong = await ask("GET", "/api/v1/runs", {
      headers: { authorization: null, cookie: `${cookie}x` },
    });
    expect(wrong.status).toBe(401);
    const bye = await ask("DELETE", "/api/v1/session", { headers: { authorization: null, cookie: cookie! } });
    expect([bye.status, bye.headers.get("set-cookie")]).toEqual([
      204,
      "gambeson-session=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict",
    ]);
  });

  test("a session needs the right token", async () => {
    const response = await ask("POST", "/api/v1/session", {
      headers: { authorization: null },
      body: { token: "wrong" },
    });
    expect([response.status, response.headers.get("set-cookie")]).toEqual([401, null]);
    expect((await ask("POST", "/api/v1/session", { body: { tokens: TOKEN } })).status).toBe(400);
  });

  test("/healthz needs none; a server without one lets all in", async () => {
    expect((await ask("GET", "/healthz", { headers: { authorization: null } })).status).toBe(200);
    const open = testServer();
    expect((await open.ask("GET", "/api/v1/runs")).status).toBe(200);
    expect((await open.ask("POST", "/api/v1/session", { body: { token: "any" } })).status).toBe(204);
  });
});

describe("pages of other sites", () => {
  const { ask } = testServer({ origins: new Set(["https://friend.example"]) });
  const deletes = async (headers: Record<string, string>) =>
    (await ask("DELETE", "/api/v1/session", { headers })).status;

  test.each<[Record<string, string>, string]>([
    [{}, "a command line"],
    [{ "sec-fetch-site": "none" }, "an address bar"],
    [{ origin: `http://${HOST}`, "sec-fetch-site": "same-origin" }, "the server's own page"],
    [{ origin: `http://${HOST}` }, "the server's own page in an older browser"],
    [{ origin: "https://friend.example", "sec-fetch-site": "cross-site" }, "a configured origin"],
  ])("%j may: %s", async (headers) => {
    expect(await deletes(headers)).toBe(204);
  });

  test.each<Record<string, string>>([
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { origin: `http://${HOST}`, "sec-fetch-site": "cross-site" },
    { origin: "https://friend.example.evil.example" },
  ])("%j may not", async (headers) => {
    expect(await deletes(headers)).toBe(403);
  });

  test("may look at nothing unless configured: no CORS headers", async () => {
    const evil = await ask("GET", "/api/v1/runs", { headers: { origin: "https://evil.example" } });
    expect(evil.headers.get("access-control-allow-origin")).toBeNull();
    const friend = await ask("GET", "/api/v1/runs", { headers: { origin: "https://friend.example" } });
    expect(friend.headers.get("access-control-allow-origin")).toBe("https://friend.example");
    expect(friend.headers.get("access-control-allow-credentials")).toBeNull();
    const refused = await ask("GET", "/nothing", { headers: { origin: "https://friend.example" } });
    expect([refused.status, refused.headers.get("access-control-allow-origin")]).toEqual([
      404,
      "https://friend.example",
    ]);
    expect(refused.headers.get("content-type")).toBe("application/problem+json");
  });

  test("a configured origin's preflight is answered without the token; another's is not", async () => {
    const locked = testServer({ token: TOKEN, origins: new Set(["https://friend.example"]) });
    const preflight = (origin: string) =>
      locked.ask("OPTIONS", "/api/v1/runs", {
        headers: { authorization: null, origin, "access-control-request-method": "POST" },
      });
    const friend = await preflight("https://friend.example");
    expect([friend.status, friend.headers.get("access-control-allow-methods")]).toEqual([
      204,
      "GET,HEAD,POST,PUT,PATCH,DELETE",
    ]);
    expect((await preflight("https://evil.example")).status).toBe(401);
  });
});

describe("bodies", () => {
  const { ask } = testServer();
  const endless = () =>
    new ReadableStream<Uint8Array>({
      pull: (controller) => {
        controller.enqueue(new Uint8Array(64 * 1024).fill(32));
      },
    });

  test.each([
    ["longer than it may be", " ".repeat(256 * 1024 + 1), {}],
    ["said to be longer", "{}", { "content-length": "262145" }],
    ["endless, without a length", endless(), {}],
    ["endless, with a length that lies", endless(), { "content-length": "2" }],
  ])("%s: refused", async (_, body, headers) => {
    const response = await ask("POST", "/api/v1/runs", { body, headers });
    expect([response.status, await code(response)]).toEqual([413, "BODY_TOO_LARGE"]);
  });

  test.each([null, "text/plain", "application/x-www-form-urlencoded", "application/json5"])(
    "of type %s: refused",
    async (type) => {
      const response = await ask("POST", "/api/v1/runs", { body: "{}", headers: { "content-type": type } });
      expect([response.status, await code(response)]).toEqual([415, "MEDIA_TYPE"]);
    },
  );

  test.each(["", "{", "nul", '{"preset": }', "\u0000"])("%j is no JSON: refused", async (body) => {
    const response = await ask("POST", "/api/v1/runs", { body });
    expect([response.status, await code(response)]).toEqual([400, "REQUEST_INVALID"]);
  });
});

test("answers carry the headers that keep pages apart, and no CORS", async () => {
  const { headers } = await testServer().ask("GET", "/api/v1/presets");
  expect(Object.fromEntries(headers)).toMatchObject({
    "cache-control": "no-store",
    "content-security-policy":
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self' blob:; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  });
  expect(headers.has("x-powered-by")).toBe(false);
  expect(headers.has("access-control-allow-origin")).toBe(false);
});

describe("the log", () => {
  test("has a line for each request: the route's pattern and the run, and nothing that was sent", async () => {
    const { ask, lines } = testServer({ token: TOKEN });
    const id = "r0000000000000000009";
    const response = await ask("GET", `/api/v1/runs/${id}?secret=hunter2`, {
      headers: { "x-request-id": "mine" },
    });
    const line = JSON.parse(lines.at(-1)!) as Record<string, unknown>;
    expect(line).toMatchObject({
      event: "request",
      method: "GET",
      route: "/api/v1/runs/:id",
      status: 404,
      run: id,
    });
    expect(line.request).toBe(response.headers.get("x-request-id"));
    expect(((await response.json()) as { requestId: string }).requestId).toBe(line.request);
    expect(lines.join("")).not.toMatch(/hunter2|a-token|mine/);
  });

  test("has one line also for the address that Hono's router takes for a pattern", async () => {
    const { ask, lines } = testServer();
    const response = await ask("GET", "/*");
    expect(response.status).toBe(404);
    const { requestId } = (await response.json()) as { requestId: string };
    expect(requestId).toBe(response.headers.get("x-request-id"));
    expect(lines).toHaveLength(1);
  });

  test("has how long it took, whatever the wall clock does meanwhile", async () => {
    let clock = 1_000_000;
    const { ask, lines } = testServer({ now: () => (clock -= 3_600_000) });
    await ask("GET", "/readyz");
    const { ms } = JSON.parse(lines.at(-1)!) as { ms: number };
    expect(ms).toBeGreaterThanOrEqual(0);
    expect(ms).toBeLessThan(10_000);
    const sum = /gambeson_http_request_duration_seconds_sum\{method="GET",route="\/readyz"\} (\S+)/;
    const seconds = Number(sum.exec(await (await ask("GET", "/metrics")).text())?.[1]);
    expect(Math.abs(seconds - ms / 1000)).toBeLessThan(1e-9);
  });

  test("has what the answer does not tell of a failure", async () => {
    const { ask, lines, state } = testServer();
    state.failure = new Error("hunter2");
    const response = await ask("GET", "/api/v1/runs/r0000000000000000001");
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("hunter2");
    expect(lines.find((line) => line.includes('"level":"error"'))).toContain("hunter2");
  });
});

test.each([
  [new Refusal("TOO_MANY_RUNS", "Cannot queue it"), 429, "30"],
  [Object.assign(new Error("database is locked"), { errcode: 5 }), 503, "1"],
])("whoever is refused for a crowd is told when to come back: %s", async (failure, status, seconds) => {
  const { ask, state } = testServer();
  state.failure = failure;
  const response = await ask("POST", "/api/v1/runs", { body: { preset: "quick" } });
  expect([response.status, response.headers.get("retry-after")]).toEqual([status, seconds]);
});
