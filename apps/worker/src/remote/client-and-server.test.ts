import { createClient, ProblemError, type Client } from "@gambeson/client";
import { parseExperimentConfig, type ServerEvent } from "@gambeson/contract";
import { expect, test } from "vitest";
import { SEED } from "../serve/testing/small-result.ts";
import { IMAGES, RUN, safetensorsOf, servedRun, WEIGHTS } from "../serve/testing/served-run.ts";
import { HOST, testServer } from "../serve/testing/test-server.ts";
import { idx } from "../testing/tiny-experiment.ts";

// The client's own tests are against answers written by hand; here are the server's.

/** Joins a client to a server without a socket. */
function clientOf(ask: (request: Request) => Response | Promise<Response>): Client {
  return createClient({
    address: `http://${HOST}`,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      request.headers.set("host", HOST);
      return ask(request);
    },
  });
}

test("runs are submitted, listed, changed, cancelled and told of", async () => {
  const { app, state } = testServer();
  const client = clientOf((request) => app.fetch(request));
  const { run, created } = await client.runs.submit({ preset: "quick", tags: ["a"] });
  expect(created).toBe(true);
  expect(state.submissions[0]?.config.name).toBe("quick");
  const found = await client.runs.list({ state: ["queued", "running"], limit: 5 });
  expect(found.runs.map(({ id }) => id)).toContain(run.id);
  expect(await client.runs.get(run.id)).toMatchObject({ id: run.id, state: "queued" });
  expect(await client.runs.change(run.id, { name: "Mine" })).toMatchObject({ id: run.id });
  expect(await client.runs.cancel(run.id)).toMatchObject({ id: run.id });
  await expect(client.runs.get("r9999999999999999999")).rejects.toMatchObject({ code: "RUN_NOT_FOUND" });
  const refused = client.runs.submit({ config: { seeds: [] } });
  await expect(refused).rejects.toThrow(ProblemError);
  await expect(refused).rejects.toMatchObject({ code: "CONFIG_INVALID", status: 422 });

  state.tell(run.id);
  const seen: ServerEvent[] = [];
  const done = new AbortController();
  await client.events({
    after: 0,
    signal: done.signal,
    onEvent: (event) => {
      seen.push(event);
      if (event.kind === "run-deleted") done.abort();
    },
  });
  expect(seen.at(-1)).toMatchObject({ kind: "run-deleted", run: run.id });
});

test("the server says what it is and has", async () => {
  const { app } = testServer();
  const client = clientOf((request) => app.fetch(request));
  expect(await client.health()).toEqual({ status: "ok", version: "1.2.3" });
  expect(await client.readiness()).toMatchObject({ status: "waiting", workers: 0 });
  expect(await client.metrics()).toContain("# TYPE ");
  expect(await client.openApi()).toMatchObject({ openapi: expect.stringMatching(/^3\.1/) as string });
  const presets = await client.presets();
  expect(presets.map(({ name }) => name)).toEqual(["report", "paper-mlp-mnist", "quick"]);
  expect(presets[2]?.config).toEqual(parseExperimentConfig(presets[2]?.config));
  expect((await client.datasets.list()).map(({ name }) => name)).toContain("fashion-mnist");
  await client.signIn("anything, as no token is wanted");
  await client.signOut();
});

test("results, images and weights are read", async () => {
  const served = await servedRun();
  const { runs, weights } = clientOf((request) => served.ask(pathOf(request), init(request)));
  const result = await runs.result(RUN);
  expect(result.seeds[0]?.seed).toBe(SEED);
  for (const name of [
    "report.html",
    "table.csv",
    "auc.parquet",
    "curves.json",
    "files/table.tex",
    "images.csv",
  ] as const)
    expect((await runs.file(RUN, name)).length, name).toBeGreaterThan(0);
  expect(await runs.file(RUN, "roc.json", { query: { model: "vanilla", class: 0 } })).not.toHaveLength(0);
  const { images, total } = await runs.images(RUN, { model: "vanilla", fooled: true });
  expect([total, images.map(({ index }) => index)]).toEqual([2, [0, 1]]);
  const { height, width, pixels } = await runs.imagePixels(RUN, 0);
  expect([height, width]).toEqual([2, 3]);
  expect(pixels).toEqual(Float32Array.from(IMAGES.slice(0, 6), (value) => Math.fround(value / 255)));
  const png = await runs.imagePng(RUN, 0, { view: "fgs", model: "vanilla", epsilon: 0.1, scale: 4 });
  expect(new TextDecoder().decode(png.slice(1, 4))).toBe("PNG");
  expect(await runs.weights(RUN, SEED, "vanilla")).toEqual(WEIGHTS);
  const hash = served.outputs.get(`seed-${SEED}/vanilla/train weights`)!;
  expect(await weights.download(hash)).toEqual(WEIGHTS);
});

test("weights and data sets are uploaded", async () => {
  const served = await servedRun();
  const { weights, datasets } = clientOf((request) => served.ask(pathOf(request), init(request)));
  const file = safetensorsOf({
    "dense0.weight": [
      [2, 2],
      [1, 2, 3, 4],
    ],
    "dense0.bias": [[2], [0, 1]],
  });
  const uploaded = await weights.upload(file, { name: "mine" });
  expect(uploaded).toMatchObject({ name: "mine", sizes: [2, 2], bytes: file.length });
  expect(await weights.list()).toEqual([uploaded]);
  expect(await weights.download(uploaded.sha256)).toEqual(file);
  const idxFile = (sizes: readonly number[], values: readonly number[]) =>
    new Uint8Array(idx(sizes.length, sizes, Uint8Array.from(values)));
  const files = {
    "train-images": idxFile([2, 1, 2], [0, 50, 100, 150]),
    "train-labels": idxFile([2], [0, 1]),
    "test-images": idxFile([1, 1, 2], [200, 250]),
    "test-labels": idxFile([1], [1]),
  };
  expect(await datasets.upload(files, { title: "Mine" })).toMatchObject({
    title: "Mine",
    train: 2,
    test: 1,
    height: 1,
    width: 2,
    classCount: 2,
  });
});

/** What `ServedRun.ask` takes. */
function pathOf({ url }: Request): string {
  const { pathname, search } = new URL(url);
  return `${pathname.replace(/^\/api\/v1/, "")}${search}`;
}

function init({ method, headers, body }: Request): RequestInit {
  return { method, headers, ...(body === null ? {} : { body, duplex: "half" }) };
}
