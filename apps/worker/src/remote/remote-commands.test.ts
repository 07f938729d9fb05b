import { describe, expect, test } from "vitest";
import { UsageError } from "../commands/usage-error.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { changeCommands } from "./change-commands.ts";
import { findRun } from "./find-run.ts";
import { listCommand } from "./list-command.ts";
import { ago } from "./run-text.ts";
import { showCommand } from "./show-command.ts";
import { submitCommand } from "./submit-command.ts";
import { fakeHost, fakeRemote, problem } from "./testing/fake-remote.ts";
import { ID, listOf, sampleRun, sampleTask } from "./testing/sample-run.ts";
import { withServer } from "./with-server.ts";

const LIST = { sort: "created", limit: "50" } as const;
const OTHER = "r0000000000000000002";
const EPOCH = {
  epoch: 2,
  loss: 0.3,
  regulariser: null,
  trainAccuracy: { count: 9, of: 10 },
  testAccuracy: { count: 7, of: 8 },
  capped: null,
  unfooled: null,
};

describe("the server", () => {
  const answers = { "GET /api/v1/runs": listOf([]) };

  test("is --server, else GAMBESON_SERVER, else the state folder's", async () => {
    const [option, variable, marked] = [fakeRemote(answers), fakeRemote(answers), fakeRemote(answers)];
    const folder = temporaryFolder();
    Deno.writeTextFileSync(`${folder}/server.json`, JSON.stringify({ address: marked.address, pid: 1 }));
    const places = { GAMBESON_CACHE_DIR: folder, GAMBESON_STATE_DIR: folder };
    const named = fakeHost({ ...places, GAMBESON_SERVER: variable.address }).host;
    await listCommand({ ...LIST, server: option.address }, named);
    await listCommand(LIST, named);
    await listCommand(LIST, fakeHost(places).host);
    await listCommand(
      { ...LIST, stateDir: folder },
      fakeHost({ ...places, GAMBESON_STATE_DIR: "/none" }).host,
    );
    expect([option, variable, marked].map(({ asked }) => asked.length)).toEqual([1, 1, 2]);
  });

  test.each([null, "", "{}", '{"address":5}'])("is nowhere where its mark is %j", async (mark) => {
    const folder = temporaryFolder();
    if (mark !== null) Deno.writeTextFileSync(`${folder}/server.json`, mark);
    const { host } = fakeHost({ GAMBESON_CACHE_DIR: folder, GAMBESON_STATE_DIR: folder });
    await expect(listCommand(LIST, host)).rejects.toThrow(
      "Cannot find a server as one must be running here, or be named by --server or GAMBESON_SERVER: " +
        "current value is none; start one with: npm start (or: npm run gambeson -- serve)",
    );
  });

  test("that is down is told so, and how to start one", async () => {
    const closed = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = closed.addr;
    closed.close();
    const server = `http://127.0.0.1:${port}`;
    await expect(changeCommands.cancel(ID, { server }, fakeHost().host)).rejects.toThrow(
      /^Cannot reach the server at http:\/\/127\.0\.0\.1:\d+ as it must be running .*refused.*; start one with: npm start/,
    );
  });

  test("must be an address", async () => {
    await expect(listCommand({ ...LIST, server: "localhost:8787" }, fakeHost().host)).rejects.toThrow(
      UsageError,
    );
  });

  test("gets the token of --token-file, else of GAMBESON_TOKEN, and where it wants another says what to do", async () => {
    const tokens: (string | null)[] = [];
    const { address } = fakeRemote({
      "GET /api/v1/runs": (request: Request) => {
        tokens.push(request.headers.get("authorization"));
        return problem(
          401,
          "UNAUTHENTICATED",
          "Cannot answer as the token must be right: current value is not",
        );
      },
    });
    const file = `${temporaryFolder()}/token`;
    Deno.writeTextFileSync(file, `${"f".repeat(32)}\n`);
    const { host } = fakeHost({ GAMBESON_TOKEN: "e".repeat(32) });
    const listing = listCommand({ ...LIST, server: address, tokenFile: file }, host);
    await expect(listing).rejects.toThrow(/is not; name its file with --token-file, or set GAMBESON_TOKEN$/);
    await expect(listCommand({ ...LIST, server: address }, host)).rejects.toThrow();
    expect(tokens).toEqual([`Bearer ${"f".repeat(32)}`, `Bearer ${"e".repeat(32)}`]);
  });
});

test("a run is found by its id, the beginning of one alone, or as the last one", async () => {
  const pages = { "": [[sampleRun({ id: OTHER })], "more"], more: [[sampleRun()], null] } as const;
  const { address } = fakeRemote({
    "GET /api/v1/runs": (request: Request) => {
      const [runs, nextCursor] =
        pages[(new URL(request.url).searchParams.get("cursor") ?? "") as keyof typeof pages];
      return listOf(runs, { nextCursor });
    },
  });
  const { host } = fakeHost();
  await withServer({ server: address }, host, async (client) => {
    const find = (text: string) => findRun(client, text, host.signal);
    expect(await find(ID)).toBe(ID);
    expect(await find(ID.slice(0, 20))).toBe(ID);
    expect(await find("last")).toBe(OTHER);
    await expect(find("r00")).rejects.toThrow(/current value is "r00", and 2 runs are so$/);
    await expect(find("x")).rejects.toThrow(/^Cannot find the run as .*"x", and no run is so$/);
    await expect(find("")).rejects.toThrow(UsageError);
  });
});

test("list shows a run a line; other people's text steers no terminal", async () => {
  const { address, asked } = fakeRemote({
    "GET /api/v1/runs": listOf(
      [
        sampleRun({
          state: "running",
          share: 0.437,
          name: "A\u001b[31m name\nof two lines",
          tags: ["a", "b"],
        }),
        sampleRun({
          id: OTHER,
          state: "finished",
          createdAt: "2025-12-24T10:00:00.000Z",
          name: "x".repeat(60),
        }),
      ],
      { total: 7 },
    ),
  });
  const { host, written } = fakeHost();
  const filters = { state: "running,finished", tag: "a", search: "b c", sort: "name", limit: "2" } as const;
  await listCommand({ ...filters, server: address }, host);
  expect(written.stdout).toBe(
    [
      `${ID}  running 43 %    2 h ago  A [31m name of two lines [a] [b]`,
      `${OTHER}  finished     2025-12-24  ${"x".repeat(31)}…`,
      "2 of 7 runs; more with --limit",
      "",
    ].join("\n"),
  );
  expect(asked).toEqual([
    "GET /api/v1/runs?state=running%2Cfinished&tag=a&q=b+c&sort=name&order=asc&limit=2",
  ]);
});

test("list checks what it is asked before it asks", async () => {
  const { host } = fakeHost();
  await expect(listCommand({ ...LIST, state: "done" }, host)).rejects.toThrow(
    /--state .*current value is "done"/,
  );
  await expect(listCommand({ ...LIST, limit: "0" }, host)).rejects.toThrow(/--limit .*from 1 to 200/);
});

test("list and show give everything as JSON", async () => {
  const { address } = fakeRemote({ "GET /api/v1/runs": listOf([]), [`GET /api/v1/runs/${ID}`]: sampleRun() });
  const { host, written } = fakeHost();
  await listCommand({ ...LIST, server: address, json: true }, host);
  expect(JSON.parse(written.stdout)).toEqual(listOf([]));
  written.stdout = "";
  await showCommand(ID, { server: address, json: true }, host);
  expect(JSON.parse(written.stdout)).toEqual(sampleRun());
});

test("show gives the state, each task with its mark, and the numbers", async () => {
  const run = sampleRun({
    state: "failed",
    tags: ["nightly"],
    notes: "compare with r0",
    startedAt: "2026-01-01T10:01:00.000Z",
    finishedAt: "2026-01-01T11:30:05.000Z",
    error: "Training b failed three times",
    headline: [{ model: "vanilla", label: "Vanilla", accuracy: 0.8738, rho2: 0.0392 }],
    epsilonReference: 0.0595,
    tasks: [
      sampleTask("a", { state: "finished", seconds: 65, epochs: [EPOCH] }),
      sampleTask("b", { state: "failed", error: "out of memory" }),
      sampleTask("c", { state: "running", share: 0.999, note: "epoch 3/5, loss 0.4" }),
      sampleTask("d", { state: "skipped" }),
      sampleTask("e", { state: "finished", seconds: 2, reused: true }),
      sampleTask("f"),
    ],
  });
  const { address } = fakeRemote({ [`GET /api/v1/runs/${ID}`]: run });
  const { host, written } = fakeHost();
  await showCommand(ID, { server: address }, host);
  expect(written.stdout).toBe(
    `Report
${ID}  failed 29 min ago, after 1 h 29 min
auto · seed 1
Tags: nightly
Notes: compare with r0
Failed: Training b failed three times

✓  1 min 05 s  Training a  test accuracy 87.5 %
✗      failed  Training b  out of memory
▸        99 %  Training c  epoch 3/5, loss 0.4
·     skipped  Training d
✓ done before  Training e
·     waiting  Training f

         Acc. %     rho2
────────────────────────
Vanilla   87.38  3.92e-2

eps_ref = 0.0595
`,
  );
});

test.each([
  ["2026-01-01T11:59:50Z", "10 s ago"],
  ["2026-01-01T12:00:10Z", "0 s ago"],
  ["2026-01-01T11:00:01Z", "59 min ago"],
  ["2025-12-30T12:00:01Z", "47 h ago"],
  ["2025-12-30T12:00:00Z", "2025-12-30"],
])("ago(%j) at noon is %j", (instant, text) => {
  expect(ago(instant, Date.parse("2026-01-01T12:00:00Z"))).toBe(text);
});

describe("submit", () => {
  test("sends the config that run would run, and says what came of it", async () => {
    const { address, asked } = fakeRemote({
      "POST /api/v1/runs": () => Response.json(sampleRun(), { status: 201 }),
    });
    const { host, written } = fakeHost();
    const options = { server: address, dataset: "synthetic", seeds: "2", set: ["regimes.2.lambda=2"] };
    await submitCommand("quick", { ...options, name: "Mine", tag: ["a"], notes: "n", fresh: true }, host);
    expect(written.stdout).toBe(`Submitted Report (${ID})\nSee it with: npm run gambeson -- watch ${ID}\n`);
    expect(JSON.parse(asked[0]!.replace(/^POST \S+ /, ""))).toMatchObject({
      config: { name: "quick", dataset: { name: "synthetic", train: 6000 }, seeds: [1, 2] },
      name: "Mine",
      tags: ["a"],
      notes: "n",
      fresh: true,
    });
    expect(asked[0]).toContain('"lambda":2,');
  });

  test("says so where there is such a run already; as JSON, too", async () => {
    const { address } = fakeRemote({ "POST /api/v1/runs": sampleRun({ state: "finished" }) });
    const { host, written } = fakeHost();
    await submitCommand("quick", { server: address }, host);
    expect(written.stdout).toBe(
      `There already: Report (${ID}), finished, submitted 2 h ago; --fresh does it again\n` +
        `See it with: npm run gambeson -- show ${ID}\n`,
    );
    written.stdout = "";
    await submitCommand("quick", { server: address, json: true }, host);
    expect(JSON.parse(written.stdout)).toMatchObject({
      kind: "run-submitted",
      created: false,
      run: { id: ID },
    });
  });

  test("with --unless-finished asks first, and leaves a finished run of that title alone", async () => {
    const title = "The report's path on a small share of the data";
    const finished = sampleRun({ state: "finished", name: title });
    const { address, asked } = fakeRemote({ "GET /api/v1/runs": listOf([finished]) });
    await submitCommand("quick", { server: address, unlessFinished: true, watch: true }, fakeHost().host);
    expect(asked).toHaveLength(1);
    const stoodIn = fakeRemote({
      "GET /api/v1/runs": listOf([
        { ...finished, standIn: true },
        { ...finished, name: `${title}, again` },
      ]),
      "POST /api/v1/runs": sampleRun(),
    });
    await submitCommand("quick", { server: stoodIn.address, unlessFinished: true }, fakeHost().host);
    expect(stoodIn.asked).toHaveLength(2);
  });

  test.each<[string, object, RegExp]>([
    ["qick", {}, /did you mean quick\?/],
    ["quick", { seed: "1", seeds: "2" }, /must not both be given/],
    ["quick", { set: ["epochs=1"] }, /epochs is not a known key/],
  ])("submit %s %j is refused here", async (source, options, message) => {
    await expect(submitCommand(source, options, fakeHost().host)).rejects.toThrow(message);
  });
});

test("cancel, retry and delete say what they did; a refusal is the server's own", async () => {
  const { address, asked } = fakeRemote({
    [`POST /api/v1/runs/${ID}/cancel`]: sampleRun({ state: "cancelled" }),
    [`POST /api/v1/runs/${ID}/retry`]: sampleRun(),
    [`DELETE /api/v1/runs/${ID}`]: () => new Response(null, { status: 204 }),
    [`DELETE /api/v1/runs/${OTHER}`]: () =>
      problem(409, "RUN_STATE", "Cannot delete it as it must have ended"),
  });
  const { host, written } = fakeHost();
  const server = { server: address };
  await changeCommands.cancel(ID, server, host);
  await changeCommands.retry(ID, server, host);
  await changeCommands.delete(ID, server, host);
  await expect(changeCommands.delete(OTHER, server, host)).rejects.toThrow(
    "Cannot delete it as it must have ended",
  );
  expect(written.stdout).toBe(
    `Cancelled Report (${ID}); what it has finished is kept, and retry goes on from there\n` +
      `Queued what is left of Report (${ID})\n` +
      `Deleted ${ID}; gc removes the files that were its alone\n`,
  );
  expect(asked).toHaveLength(4);
});
