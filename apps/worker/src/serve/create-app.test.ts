import type { Run, RunSummary } from "@gambeson/contract";
import { expect, onTestFinished, test } from "vitest";
import { openState } from "../state/open-state.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { testServer } from "./testing/test-server.ts";

test("createApp() on a state folder: a run is submitted, found, told of, ended and forgotten", async () => {
  const state = await openState(temporaryFolder(), { now: () => 1_700_000_000_000, onNote: () => undefined });
  onTestFinished(() => {
    state.close();
  });
  const { ask } = testServer({ state });
  const stream = (await ask("GET", "/api/v1/events?after=0"))
    .body!.pipeThrough(new TextDecoderStream())
    .getReader();
  await stream.read();

  const body = { preset: "quick", config: { dataset: { name: "synthetic" } }, tags: ["ab", "ü'\"%_"] };
  const submit = () => ask("POST", "/api/v1/runs", { body, headers: { "idempotency-key": "k" } });
  const [first, second] = [await submit(), await submit()];
  expect([first.status, second.status]).toEqual([201, 200]);
  const { id } = (await first.json()) as RunSummary;
  expect(((await second.json()) as RunSummary).id).toBe(id);
  const reused = await ask("POST", "/api/v1/runs", {
    body: { preset: "report" },
    headers: { "idempotency-key": "k" },
  });
  expect(await reused.json()).toMatchObject({ code: "IDEMPOTENCY_KEY_REUSED" });
  expect((await stream.read()).value).toMatch(new RegExp(`^id: \\d+\nevent: run-created\ndata: .*"${id}"`));

  const run = (await (await ask("GET", `/api/v1/runs/${id}`)).json()) as Run;
  expect(run.tasks.map(({ state: taskState }) => taskState)).toEqual(run.tasks.map(() => "waiting"));
  for (const [query, total] of [
    ["", 1],
    ["?q=%25_", 1],
    ["?q=%27%20or%201%3D1", 0],
    ["?state=finished", 0],
    ["?sort=name&order=asc&limit=1", 1],
  ] as const)
    expect([query, await (await ask("GET", `/api/v1/runs${query}`)).json()]).toMatchObject([
      query,
      { total },
    ]);
  expect((await ask("GET", "/api/v1/runs?cursor=AAAA")).status).toBe(400);

  expect((await ask("POST", `/api/v1/runs/${id}/cancel`)).status).toBe(200);
  expect((await ask("DELETE", `/api/v1/runs/${id}`)).status).toBe(204);
  expect((await ask("GET", `/api/v1/runs/${id}`)).status).toBe(404);
  await stream.cancel();
});
