import { datasetListSchema, presetListSchema } from "@gambeson/contract";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { testServer } from "../testing/test-server.ts";

describe("what there is", () => {
  test("GET /presets gives each with every default written out", async () => {
    const { presets } = v.parse(
      presetListSchema,
      await (await testServer().ask("GET", "/api/v1/presets")).json(),
    );
    expect(presets.map(({ name }) => name)).toEqual(["report", "paper-mlp-mnist", "quick"]);
    expect(presets[1]!.config).toMatchObject({ model: { hidden: [500, 150], initialDeviation: 0.01 } });
  });

  test("GET /datasets gives the four that are built in, what workers found, and what was uploaded", async () => {
    const { ask, state } = testServer();
    const list = async () =>
      v.parse(datasetListSchema, await (await ask("GET", "/api/v1/datasets")).json()).datasets;
    const available = (await list()).map(({ name, available }) => [name, available]);
    expect(Object.fromEntries(available)).toEqual({
      auto: true,
      "fashion-mnist": null,
      mnist: null,
      synthetic: true,
    });
    state.library.noteDatasets([{ name: "mnist", available: false, note: "Not here" }]);
    const name = "upload-0123456789abcdef";
    const sizes = { train: 60_000, test: 10, height: 8, width: 9, classCount: 3 };
    await state.library.addDataset({ name, title: "Mine", ...sizes, parts: {} });
    const after = await list();
    expect(after.find((entry) => entry.name === "mnist")).toMatchObject({
      available: false,
      note: "Not here",
    });
    expect(after.at(-1)).toEqual({
      name,
      title: "Mine",
      available: true,
      note: "Uploaded: 60,000 training and 10 test images, 8x9, 3 classes",
    });
  });
});

describe("for whoever looks after the server", () => {
  test("GET /healthz", async () => {
    expect(await (await testServer().ask("GET", "/healthz")).json()).toEqual({
      status: "ok",
      version: "1.2.3",
    });
  });

  test.each([
    [[], 503, "waiting", 0],
    [[{ id: "w", heardAt: 989_999 }], 503, "waiting", 0],
    [
      [
        { id: "w", heardAt: 990_000 },
        { id: "x", heardAt: 0 },
      ],
      200,
      "ready",
      1,
    ],
  ])("GET /readyz with workers %j: %i", async (workers, status, word, count) => {
    const { ask, state } = testServer();
    state.workers = workers;
    const response = await ask("GET", "/readyz");
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ status: word, workers: count, queued: 0, running: 0 });
  });

  test("GET /readyz waits where the database does not answer", async () => {
    const { ask, state } = testServer();
    state.workers = [{ id: "w", heardAt: 1_000_000 }];
    state.failure = new Error("locked");
    expect((await ask("GET", "/readyz")).status).toBe(503);
  });

  test("GET /readyz waits where the state folder is gone", async () => {
    const { ask, state } = testServer();
    state.workers = [{ id: "w", heardAt: 1_000_000 }];
    state.isGone = true;
    const response = await ask("GET", "/readyz");
    expect([response.status, await response.json()]).toMatchObject([503, { status: "waiting", workers: 1 }]);
  });

  test("GET /metrics counts by the route's pattern, and shows the state", async () => {
    const { ask, state } = testServer();
    state.workers = [{ id: "w", heardAt: 1_000_000 }];
    for (const id of ["r0000000000000000001", "r0000000000000000002"]) await ask("GET", `/api/v1/runs/${id}`);
    await ask("BREW", "/nothing/secret");
    state.tell("r0000000000000000001");
    const response = await ask("GET", "/metrics");
    expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    const lines = (await response.text()).split("\n");
    for (const line of [
      'gambeson_http_requests_total{method="GET",route="/api/v1/runs/:id",status="404"} 2',
      'gambeson_http_requests_total{method="other",route="(none)",status="404"} 1',
      'gambeson_http_request_duration_seconds_count{method="GET",route="/api/v1/runs/:id"} 2',
      'gambeson_build_info{version="1.2.3",code="c0de"} 1',
      'gambeson_runs{state="queued"} 0',
      'gambeson_tasks{state="waiting"} 3',
      "gambeson_workers 1",
      "gambeson_last_event_id 1",
      "gambeson_event_streams_open 0",
      "gambeson_state_up 1",
    ])
      expect(lines).toContain(line);
    expect(lines.some((line) => /^gambeson_process_memory_bytes\{kind="resident"\} \d{7,}$/.test(line))).toBe(
      true,
    );
    expect(lines.join("")).not.toContain("secret");
  });

  test("GET /metrics answers where the database does not", async () => {
    const { ask, state } = testServer();
    state.failure = new Error("locked");
    const response = await ask("GET", "/metrics");
    expect(response.status).toBe(200);
    expect(await response.text()).toContain("gambeson_state_up 0");
  });
});
