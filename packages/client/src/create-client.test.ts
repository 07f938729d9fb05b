import { describe, expect, test } from "vitest";
import { AnswerError } from "./answer-error.ts";
import { createClient, type Client } from "./create-client.ts";
import { ProblemError } from "./problem-error.ts";
import { fakeServer, problem, type AskedRequest } from "./testing/fake-server.ts";
import { ID, runOf, summaryOf } from "./testing/samples.ts";
import { UnreachableError } from "./unreachable-error.ts";

const SHA = "ab".repeat(32);
const BYTES = new Uint8Array([1, 2, 3]);
const WEIGHTS = {
  sha256: SHA,
  name: "mine",
  bytes: 3,
  sizes: [784, 10],
  uploadedAt: "2026-01-02T03:04:05.000Z",
};
const DATASET = {
  name: "upload-0123456789abcdef",
  title: "t",
  train: 2,
  test: 1,
  height: 1,
  width: 1,
  classCount: 2,
};

function clientOf(
  answer: (request: AskedRequest, number: number) => Response | Promise<Response>,
  options: { readonly token?: string; readonly address?: string } = {},
) {
  const slept: number[] = [];
  const { fetch, requests } = fakeServer(answer);
  const sleep = (ms: number) => {
    slept.push(ms);
    return Promise.resolve();
  };
  return {
    client: createClient({ address: "http://server:8787", fetch, sleep, ...options }),
    requests,
    slept,
  };
}

/** Each method: what it asks, what it is answered, and what it makes of that. */
const CALLS: readonly [string, (client: Client) => Promise<unknown>, () => Response, unknown][] = [
  ["GET /api/v1/presets", (client) => client.presets(), () => Response.json({ presets: [] }), []],
  [
    "GET /healthz",
    ({ health }) => health(),
    () => Response.json({ status: "ok", version: "1" }),
    { status: "ok", version: "1" },
  ],
  [
    "GET /readyz",
    ({ readiness }) => readiness(),
    () => Response.json({ status: "waiting", workers: 0, queued: 1, running: 0 }, { status: 503 }),
    { status: "waiting", workers: 0, queued: 1, running: 0 },
  ],
  ["GET /metrics", ({ metrics }) => metrics(), () => new Response("a 1\n"), "a 1\n"],
  [
    "GET /openapi.json",
    ({ openApi }) => openApi(),
    () => Response.json({ openapi: "3.1.0" }),
    { openapi: "3.1.0" },
  ],
  [
    'POST /api/v1/session {"token":"t"}',
    ({ signIn }) => signIn("t"),
    () => new Response(null, { status: 204 }),
    undefined,
  ],
  [
    "DELETE /api/v1/session",
    ({ signOut }) => signOut(),
    () => new Response(null, { status: 204 }),
    undefined,
  ],
  [
    'POST /api/v1/runs {"preset":"quick"}',
    ({ runs }) => runs.submit({ preset: "quick" }),
    () => Response.json(summaryOf(), { status: 201 }),
    { run: summaryOf(), created: true },
  ],
  [
    'POST /api/v1/runs {"preset":"quick"}',
    ({ runs }) => runs.submit({ preset: "quick" }),
    () => Response.json(summaryOf({ state: "finished" })),
    { run: summaryOf({ state: "finished" }), created: false },
  ],
  [
    'POST /api/v1/estimates {"preset":"quick"}',
    ({ runs }) => runs.estimate({ preset: "quick" }),
    () => Response.json({ seconds: 2.5, tasks: 12, images: { train: 6000, test: 1000 } }),
    { seconds: 2.5, tasks: 12, images: { train: 6000, test: 1000 } },
  ],
  [
    "GET /api/v1/runs?state=queued%2Crunning&q=a+%26+b&limit=5",
    ({ runs }) => runs.list({ state: ["queued", "running"], q: "a & b", limit: 5, tag: undefined }),
    () => Response.json({ runs: [summaryOf()], total: 1, nextCursor: null, eventId: 7 }),
    { runs: [summaryOf()], total: 1, nextCursor: null, eventId: 7 },
  ],
  [`GET /api/v1/runs/${ID}`, ({ runs }) => runs.get(ID), () => Response.json(runOf()), runOf()],
  [
    `PATCH /api/v1/runs/${ID} {"tags":["a"]}`,
    ({ runs }) => runs.change(ID, { tags: ["a"] }),
    () => Response.json(summaryOf({ tags: ["a"] })),
    summaryOf({ tags: ["a"] }),
  ],
  [
    `POST /api/v1/runs/${ID}/cancel`,
    ({ runs }) => runs.cancel(ID),
    () => Response.json(summaryOf()),
    summaryOf(),
  ],
  [
    `POST /api/v1/runs/${ID}/retry`,
    ({ runs }) => runs.retry(ID),
    () => Response.json(summaryOf()),
    summaryOf(),
  ],
  [
    `DELETE /api/v1/runs/${ID}`,
    ({ runs }) => runs.delete(ID),
    () => new Response(null, { status: 204 }),
    undefined,
  ],
  [
    `GET /api/v1/runs/${ID}/roc.csv?model=vanilla&class=3`,
    ({ runs }) => runs.file(ID, "roc.csv", { query: { model: "vanilla", class: 3 } }),
    () => new Response(BYTES),
    BYTES,
  ],
  [
    `GET /api/v1/runs/${ID}/files/table.tex`,
    ({ runs }) => runs.file(ID, "files/table.tex"),
    () => new Response(BYTES),
    BYTES,
  ],
  [
    `GET /api/v1/runs/${ID}/images?class=0&fooled=false&from=20`,
    ({ runs }) => runs.images(ID, { class: 0, fooled: false, from: 20 }),
    () => Response.json({ images: [], total: 0, next: null }),
    { images: [], total: 0, next: null },
  ],
  [
    `GET /api/v1/runs/${ID}/images/7.png?view=fgs&epsilon=0.0000001&scale=4`,
    ({ runs }) => runs.imagePng(ID, 7, { view: "fgs", epsilon: 1e-7, scale: 4 }),
    () => new Response(BYTES),
    BYTES,
  ],
  [
    `GET /api/v1/runs/${ID}/images/7.f32?epsilon=0.05`,
    ({ runs }) => runs.imagePixels(ID, 7, { epsilon: 0.05 }),
    () => new Response(new Float32Array([0, 0.5]), { headers: { "x-gambeson-shape": "1,2" } }),
    { height: 1, width: 2, pixels: new Float32Array([0, 0.5]) },
  ],
  [
    `GET /api/v1/runs/${ID}/weights/3/vanilla.safetensors`,
    ({ runs }) => runs.weights(ID, 3, "vanilla"),
    () => new Response(BYTES),
    BYTES,
  ],
  [
    "GET /api/v1/weights",
    ({ weights }) => weights.list(),
    () => Response.json({ weights: [WEIGHTS] }),
    [WEIGHTS],
  ],
  [
    "POST /api/v1/weights?name=my+model \u0001\u0002\u0003",
    ({ weights }) => weights.upload(BYTES, { name: "my model" }),
    () => Response.json(WEIGHTS, { status: 201 }),
    WEIGHTS,
  ],
  [
    `GET /api/v1/weights/${SHA}.safetensors`,
    ({ weights }) => weights.download(SHA),
    () => new Response(BYTES),
    BYTES,
  ],
  ["GET /api/v1/datasets", ({ datasets }) => datasets.list(), () => Response.json({ datasets: [] }), []],
];

test.each(CALLS)("%s", async (asked, call, answer, result) => {
  const { client, requests } = clientOf(answer);
  expect(await call(client)).toEqual(result);
  expect(requests.map(({ method, path, body }) => `${method} ${path} ${body}`.trim())).toEqual([asked]);
});

test("a result is read and checked", async () => {
  const { client, requests } = clientOf(() => Response.json({ schemaVersion: 2 }));
  await expect(client.runs.result(ID)).rejects.toThrow(/must be of this version.*schemaVersion/);
  expect(requests[0]?.path).toBe(`/api/v1/runs/${ID}/result.json`);
});

test("a data set is uploaded file by file", async () => {
  const { client, requests } = clientOf((_, number) =>
    Response.json(number < 4 ? { sha256: `${number}`.repeat(64) } : DATASET, { status: 201 }),
  );
  const file = (byte: number) => new Uint8Array([byte]);
  const files = {
    "train-images": file(65),
    "train-labels": file(66),
    "test-images": file(67),
    "test-labels": file(68),
  };
  expect(await client.datasets.upload(files, { title: "Mine" })).toEqual(DATASET);
  expect(requests.slice(0, 4).map(({ body }) => body)).toEqual(["A", "B", "C", "D"]);
  expect(JSON.parse(requests[4]!.body)).toEqual({
    title: "Mine",
    parts: {
      "train-images": "0".repeat(64),
      "train-labels": "1".repeat(64),
      "test-images": "2".repeat(64),
      "test-labels": "3".repeat(64),
    },
  });
});

test("the token is in every request, and a path before the API is kept", async () => {
  const { client, requests } = clientOf(() => Response.json({ presets: [] }), {
    token: "secret",
    address: "https://lab.example/gambeson/",
  });
  await client.presets();
  expect(requests[0]?.path).toBe("/gambeson/api/v1/presets");
  expect(requests[0]?.headers.get("authorization")).toBe("Bearer secret");
  expect(client.address).toBe("https://lab.example/gambeson");
  expect(client.runs.imagePngAddress(ID, 3, { scale: 2 })).toBe(
    `https://lab.example/gambeson/api/v1/runs/${ID}/images/3.png?scale=2`,
  );
});

test.each(["", "server:8787", "ftp://server", "http://", "http://me:secret@server", "http://server/?a=1"])(
  "%j is no server's address",
  (address) => {
    expect(() => createClient({ address })).toThrow(
      /^Cannot use a server's address as it must be like http:/,
    );
  },
);

describe("errors", () => {
  test("a refusal is what the server says", async () => {
    const issues = [{ path: "seeds", message: "must hold a seed" }];
    const { client, slept } = clientOf(() => problem(422, "CONFIG_INVALID", { issues }));
    const submitting = client.runs.submit({ config: {} });
    await expect(submitting).rejects.toThrow(ProblemError);
    await expect(submitting).rejects.toMatchObject({
      name: "ProblemError",
      message: "Cannot do it as it must be otherwise: current value is so",
      code: "CONFIG_INVALID",
      status: 422,
      issues,
      requestId: "q1",
    });
    expect(slept).toEqual([]);
  });

  test.each<[string, () => Response, RegExp]>([
    [
      "another program's refusal",
      () => new Response("<h1>", { status: 404 }),
      /this version: current value is status 404/,
    ],
    ["no JSON", () => new Response("<h1>"), /must be JSON/],
    [
      "another shape",
      () =>
        Response.json({
          runs: [{ ...summaryOf(), state: "resting" }],
          total: 1,
          nextCursor: null,
          eventId: 1,
        }),
      /must be of this version: runs\.0\.state must be/,
    ],
  ])("%s is no answer of this version", async (_, answer, message) => {
    const { client } = clientOf(answer);
    const asking = client.runs.list();
    await expect(asking).rejects.toThrow(AnswerError);
    await expect(asking).rejects.toThrow(message);
  });

  test("pixels must fill their shape", async () => {
    const { client } = clientOf(() => new Response(BYTES, { headers: { "x-gambeson-shape": "1,1" } }));
    await expect(client.runs.imagePixels(ID, 0)).rejects.toThrow(
      /fill their shape: current value is 3 bytes for 1,1/,
    );
  });

  test("an answer that breaks off is none", async () => {
    const broken = () =>
      new Response(
        new ReadableStream({
          start: (controller) => {
            controller.error(new TypeError("reset"));
          },
        }),
      );
    const { client } = clientOf(broken);
    await expect(client.presets()).rejects.toThrow(
      new UnreachableError("http://server:8787", new TypeError("reset")).message,
    );
  });

  test("what Deno's permissions refuse is not taken for the network's failure", async () => {
    const refusal = Object.assign(new Error('Requires net access to "server:8787"'), { name: "NotCapable" });
    const { client } = clientOf(() => Promise.reject(refusal));
    await expect(client.presets()).rejects.toBe(refusal);
  });
});

describe("what only asks is asked again", () => {
  const down = () => Promise.reject(new TypeError("connection refused"));

  test("twice, then it fails", async () => {
    const { client, requests, slept } = clientOf(down);
    await expect(client.runs.get(ID)).rejects.toThrow(
      'Cannot reach the server at http://server:8787 as it must be running and answer: current value is "connection refused"',
    );
    expect([requests.length, slept]).toEqual([3, [200, 600]]);
  });

  test("until it is answered", async () => {
    const { client, slept } = clientOf((_, number) => {
      if (number === 0) return down();
      return number === 1 ? problem(503, "STATE_DAMAGED") : Response.json(runOf());
    });
    expect(await client.runs.get(ID)).toEqual(runOf());
    expect(slept).toEqual([200, 600]);
  });

  test.each<[string, (client: Client) => Promise<unknown>]>([
    ["cancel", ({ runs }) => runs.cancel(ID)],
    ["retry", ({ runs }) => runs.retry(ID)],
    ["change", ({ runs }) => runs.change(ID, {})],
    ["delete", ({ runs }) => runs.delete(ID)],
    ["upload", ({ weights }) => weights.upload(BYTES, { name: "x" })],
  ])("but not %s", async (_, call) => {
    const { client, requests } = clientOf(down);
    await expect(call(client)).rejects.toThrow(UnreachableError);
    expect(requests).toHaveLength(1);
  });

  test("submit is, with one key, so that there is one run", async () => {
    const { client, requests } = clientOf((_, number) =>
      number === 0 ? down() : Response.json(summaryOf(), { status: 201 }),
    );
    await client.runs.submit({ preset: "quick" });
    await client.runs.submit({ preset: "quick" });
    await client.runs.submit({ preset: "quick" }, { idempotencyKey: "mine" });
    const keys = requests.map(({ headers }) => headers.get("idempotency-key"));
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
    expect(keys[3]).toBe("mine");
  });

  test("not once it has been aborted", async () => {
    const stop = new AbortController();
    const reason = new Error("enough");
    const { client, requests } = clientOf(() => {
      stop.abort(reason);
      return down();
    });
    await expect(client.runs.get(ID, { signal: stop.signal })).rejects.toBe(reason);
    expect(requests).toHaveLength(1);
  });
});
