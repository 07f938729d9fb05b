import { runListSchema, runSchema } from "@gambeson/contract";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { Refusal } from "../../state/refusal.ts";
import { RUN_ID } from "../testing/fake-state.ts";
import type { ServeContext } from "../serve-context.ts";
import { testServer } from "../testing/test-server.ts";

const RUNS = "/api/v1/runs";
const RUN = `${RUNS}/${RUN_ID}`;
/** A server with one queued run. */
async function withRun() {
  const server = testServer();
  await server.ask("POST", RUNS, { body: { preset: "quick", tags: ["a"] } });
  return server;
}

describe("POST /runs", () => {
  test("queues a preset, with its tasks, under the config's title", async () => {
    const { ask, state, lines } = testServer();
    const response = await ask("POST", RUNS, { body: { preset: "quick" } });
    expect([response.status, response.headers.get("location")]).toEqual([201, RUN]);
    const run = (await response.json()) as { id: string; name: string };
    expect(run).toMatchObject({
      id: RUN_ID,
      state: "queued",
      name: "The report's path on a small share of the data",
    });
    const [submission] = state.submissions;
    expect(submission).toMatchObject({
      code: "c0de",
      fresh: false,
      tags: [],
      notes: "",
      idempotencyKey: null,
    });
    expect(submission!.requestSha256).toMatch(/^[0-9a-f]{64}$/);
    const tasks = submission!.tasks.map(({ id }) => id);
    expect([tasks[0], tasks.at(-1)]).toEqual(["prepare", "assemble"]);
    expect(tasks).toContain("seed-1/deep-defense/train");
    expect(lines.some((line) => line.includes('"run submitted"') && line.includes(RUN_ID))).toBe(true);
  });

  test("a config's keys replace the preset's, the topmost only", async () => {
    const { ask, state } = testServer();
    const config = { dataset: { name: "synthetic" }, seeds: [7] };
    await ask("POST", RUNS, { body: { preset: "quick", config } });
    expect(state.submissions[0]!.config).toMatchObject({
      name: "quick",
      seeds: [7],
      dataset: { name: "synthetic", train: null, test: null },
      pretraining: { epochs: 5 },
    });
  });

  test("what people say of it is kept as it is", async () => {
    const { ask, state } = testServer();
    const said = { name: "  =1+1 <b>  ", tags: ["a", "b"], notes: "../../x\n", fresh: true };
    const response = await ask("POST", RUNS, {
      body: { config: {}, ...said },
      headers: { "idempotency-key": "k 1" },
    });
    expect(response.status).toBe(201);
    expect(state.submissions[0]).toMatchObject({ ...said, name: "=1+1 <b>", idempotencyKey: "k 1" });
  });

  test("the same again answers with the run that there is: 200", async () => {
    const { ask } = await withRun();
    const again = await ask("POST", RUNS, { body: { preset: "quick" } });
    expect([again.status, again.headers.get("location")]).toEqual([200, RUN]);
    expect((await ask("POST", RUNS, { body: { preset: "quick", fresh: true } })).status).toBe(201);
  });

  test("requests with one meaning have one hash, and others have others", async () => {
    const { ask, state } = testServer();
    for (const body of [
      { config: { seeds: [2], name: "a" } },
      { config: { name: "a", seeds: [2] }, tags: [] },
      { config: { name: "a", seeds: [3] } },
      { config: { name: "a", seeds: [2] }, notes: "n" },
    ])
      await ask("POST", RUNS, { body });
    const [first, second, third, fourth] = state.submissions.map(({ requestSha256 }) => requestSha256);
    expect(second).toBe(first);
    expect(new Set([first, third, fourth]).size).toBe(3);
  });

  test.each([
    [{}, "REQUEST_INVALID", ""],
    [[], "REQUEST_INVALID", ""],
    [{ preset: "quick", extra: 1 }, "REQUEST_INVALID", "extra"],
    [{ preset: "slow" }, "REQUEST_INVALID", "preset"],
    [{ preset: "__proto__" }, "REQUEST_INVALID", "preset"],
    [{ preset: "constructor" }, "REQUEST_INVALID", "preset"],
    [{ preset: "quick", name: "" }, "REQUEST_INVALID", "name"],
    [{ preset: "quick", name: "x".repeat(201) }, "REQUEST_INVALID", "name"],
    [{ preset: "quick", tags: Array(21).fill("t") }, "REQUEST_INVALID", "tags"],
    [{ config: { seeds: [1, 1] } }, "CONFIG_INVALID", "seeds"],
    [{ config: { pretraining: { epochs: 1e9 } } }, "CONFIG_INVALID", "pretraining.epochs"],
    [{ config: { unknown: 1 } }, "CONFIG_INVALID", "unknown"],
    [{ config: { model: { hidden: [10_000, 10_000] } } }, "CONFIG_INVALID", "model.hidden"],
  ])("%j is refused: %s at '%s'", async (body, code, path) => {
    const { ask, state } = testServer();
    const response = await ask("POST", RUNS, { body });
    const problem = (await response.json()) as { code: string; issues: { path: string }[] };
    expect([problem.code, problem.issues[0]?.path]).toEqual([code, path]);
    expect(state.submissions).toEqual([]);
  });

  test.each(["./data", "/etc", "C:\\data", "upload-0123456789abcdef", "none", "http://h/x", "__proto__"])(
    "the data set '%s' is refused",
    async (name) => {
      const response = await testServer().ask("POST", RUNS, { body: { config: { dataset: { name } } } });
      expect(response.status).toBe(422);
      expect(await response.json()).toMatchObject({ code: "DATASET_UNKNOWN" });
    },
  );

  test("an uploaded data set is taken, and its images' size counts", async () => {
    const { ask, state } = testServer();
    const name = "upload-0123456789abcdef";
    const sizes = { train: 9, test: 9, height: 1000, width: 1000, classCount: 2 };
    await state.library.addDataset({ name, title: "Mine", ...sizes, parts: {} });
    const submit = async (hidden: number[]) =>
      (await ask("POST", RUNS, { body: { config: { dataset: { name }, model: { hidden } } } })).status;
    expect(await submit([19])).toBe(201); // (1000 * 1000 + 1) * 19 + 20 * 2 = 19,000,059
    expect(await submit([20])).toBe(422); // 20,000,062
  });

  test.each([
    ["", 400],
    ["x".repeat(201), 400],
    ["x".repeat(200), 201],
    ["tab\t.", 400],
  ])("the idempotency key %j gives %i", async (key, status) => {
    const response = await testServer().ask("POST", RUNS, {
      body: { preset: "quick" },
      headers: { "idempotency-key": key },
    });
    expect(response.status).toBe(status);
  });

  test("what the queue refuses is told", async () => {
    const { ask, state } = testServer();
    state.failure = new Refusal("IDEMPOTENCY_KEY_REUSED", "Cannot queue it");
    const response = await ask("POST", RUNS, { body: { preset: "quick" } });
    expect([response.status, await response.json()]).toMatchObject([422, { code: "IDEMPOTENCY_KEY_REUSED" }]);
  });
});

describe("a finished run that has lost files", () => {
  const [WHOLE, LOST] = ["a".repeat(64), "b".repeat(64)];
  /** A server with one run, whose outputs are `outputs`. */
  async function withFinishedRun(outputs: readonly string[]) {
    const artefacts = {
      size: (sha256: string) => Promise.resolve(sha256 === LOST ? null : 5),
    } as unknown as ServeContext["artefacts"];
    const server = testServer({ artefacts });
    await server.ask("POST", RUNS, { body: { preset: "quick" } });
    Object.assign(server.state, { outputs });
    server.state.finish(RUN_ID);
    return server;
  }
  const stateAfter = async (response: Response) =>
    [response.status, ((await response.json()) as { state?: string; code?: string }).state] as const;

  test("is queued again by a retry; one that has not is refused", async () => {
    const lost = await withFinishedRun([WHOLE, LOST]);
    expect(await stateAfter(await lost.ask("POST", `${RUN}/retry`))).toEqual([200, "queued"]);
    expect(lost.lines.join("")).toMatch(/"event":"run has lost files","run":"r0000000000000000001"/);
    const whole = await withFinishedRun([WHOLE]);
    const refused = await whole.ask("POST", `${RUN}/retry`);
    expect([refused.status, await refused.json()]).toMatchObject([409, { code: "RUN_STATE" }]);
  });

  test("is queued again by the same submission; one that has not answers as it is", async () => {
    const again = { body: { preset: "quick" } };
    const lost = await withFinishedRun([WHOLE, LOST]);
    expect(await stateAfter(await lost.ask("POST", RUNS, again))).toEqual([200, "queued"]);
    const whole = await withFinishedRun([WHOLE]);
    expect(await stateAfter(await whole.ask("POST", RUNS, again))).toEqual([200, "finished"]);
  });

  test("is queued once by several who ask at once", async () => {
    const { ask, state } = await withFinishedRun([LOST]);
    let retries = 0;
    const { retry } = state.runs;
    Object.assign(state.runs, {
      retry: (...args: Parameters<typeof retry>) => {
        retries++;
        return retry(...args);
      },
    });
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => ask("POST", RUNS, { body: { preset: "quick" } })),
    );
    expect([retries, ...answers.map(({ status }) => status)]).toEqual([1, 200, 200, 200, 200, 200]);
  });
});

describe("GET /runs", () => {
  test("lists what fits", async () => {
    const { ask } = await withRun();
    const list = v.parse(
      runListSchema,
      await (await ask("GET", `${RUNS}?state=queued,running&limit=1&q=x`)).json(),
    );
    expect([list.total, list.runs[0]!.id]).toEqual([1, RUN_ID]);
  });

  test.each([
    "limit=0",
    "limit=201",
    "limit=1e2",
    "state=done",
    "sort=size",
    "cursor=%20",
    "page=2",
    "limit=1&limit=2",
    "q=%00",
    "q=a%0ab",
    "tag=%00",
    "tag=a%7f",
  ])("?%s is refused", async (query) => {
    const response = await testServer().ask("GET", `${RUNS}?${query}`);
    expect(response.status).toBe(400);
    const { issues } = (await response.json()) as { issues: { path: string }[] };
    expect(issues[0]!.path.split(".")[0]).toBe(query.split("=")[0]);
  });
});

describe("one run", () => {
  test("GET gives it whole; HEAD only says so", async () => {
    const { ask } = await withRun();
    expect(v.parse(runSchema, await (await ask("GET", RUN)).json()).id).toBe(RUN_ID);
    const head = await ask("HEAD", RUN);
    expect([head.status, await head.text()]).toEqual([200, ""]);
  });

  test("GET gives its tasks' epochs, which the outline leaves out", async () => {
    const { ask, state } = await withRun();
    state.runs.outline = () => {
      throw new Error("asked for the outline");
    };
    expect((await ask("GET", RUN)).status).toBe(200);
  });

  test("PATCH changes what is sent and nothing else", async () => {
    const { ask } = await withRun();
    const changed = await ask("PATCH", RUN, { body: { notes: "n" } });
    expect([changed.status, await changed.json()]).toMatchObject([200, { notes: "n", tags: ["a"] }]);
    expect((await ask("PATCH", RUN, { body: { state: "finished" } })).status).toBe(400);
    expect((await ask("PATCH", RUN, { body: { tags: null } })).status).toBe(400);
  });

  test("cancel, again, retry, and delete only where its state allows", async () => {
    const { ask } = await withRun();
    const does = async (method: string, path: string) => {
      const response = await ask(method, path);
      return [response.status, (await response.json()) as { state?: string; code?: string }] as const;
    };
    expect(await does("POST", `${RUN}/retry`)).toMatchObject([409, { code: "RUN_STATE" }]);
    expect(await does("DELETE", RUN)).toMatchObject([409, { code: "RUN_STATE" }]);
    expect(await does("POST", `${RUN}/cancel`)).toMatchObject([200, { state: "cancelled" }]);
    expect(await does("POST", `${RUN}/cancel`)).toMatchObject([200, { state: "cancelled" }]);
    expect(await does("POST", `${RUN}/retry`)).toMatchObject([200, { state: "queued" }]);
    await does("POST", `${RUN}/cancel`);
    const gone = await ask("DELETE", RUN);
    expect([gone.status, await gone.text()]).toEqual([204, ""]);
    expect(await does("DELETE", RUN)).toMatchObject([404, { code: "RUN_NOT_FOUND" }]);
    expect(await does("GET", RUN)).toMatchObject([404, { code: "RUN_NOT_FOUND" }]);
  });
});
