import type { Run, RunList } from "@gambeson/contract";
import { expect, onTestFinished, test } from "vitest";
import { freePort, isAlive, kill, pause, Service, until } from "./crash/service.ts";
import { ask, submitTiny, uploadTiny } from "./crash/submit-tiny.ts";
import { gambeson, Running } from "./testing/gambeson.ts";
import { temporaryFolder } from "./testing/temporary-folder.ts";
import { tinyFolder, writeTinyData } from "./testing/tiny-experiment.ts";

/** So many epochs that nobody waits for their end. */
const LONG = { pretraining: { epochs: 1000, batchSize: 20, learningRate: 0.01 } };

async function started(
  args: readonly string[] = [],
): Promise<{ service: Service; folder: string; dataset: string }> {
  const folder = temporaryFolder();
  writeTinyData(`${folder}/data`);
  const service = new Service({ folder, port: freePort(), args: ["--threads", "1", ...args] });
  service.start();
  onTestFinished(() => service.killAll());
  await service.ready();
  return { service, folder, dataset: await uploadTiny(service, folder) };
}

const taskOf = async (service: Service, run: string, task: string) =>
  ((await ask(service, `/api/v1/runs/${run}`)) as Run).tasks.find(({ id }) => id === task);

test("a task that kills its worker three times has failed, and says so; other runs go on", async () => {
  const { service, dataset } = await started();
  const { id } = await submitTiny(service, { dataset, seed: 1, config: LONG });
  const after = await submitTiny(service, { dataset, seed: 2 });
  for (let death = 1; death <= 3; death++) {
    await until(async () => {
      const task = await taskOf(service, id, "seed-1/pretrain");
      return task?.state === "running" && task.attempts === death;
    });
    kill((await service.processes()).find(({ kind }) => kind === "work")!.pid);
  }
  await until(async () => ((await ask(service, `/api/v1/runs/${after.id}`)) as Run).state === "finished");
  const run = (await ask(service, `/api/v1/runs/${id}`)) as Run;
  expect(run).toMatchObject({
    state: "failed",
    error:
      "Pre-training: Cannot finish the task as a worker must live through it: its worker died, 3 times of 3",
  });
  const states = Object.fromEntries(run.tasks.map((task) => [task.id, task.state]));
  expect(states).toMatchObject({ prepare: "finished", "seed-1/pretrain": "failed", assemble: "skipped" });
});

test("cancelled, a run has ended at once, and its worker takes up the next", async () => {
  const { service, dataset } = await started();
  const { id } = await submitTiny(service, { dataset, seed: 1, config: LONG });
  await until(async () => (await taskOf(service, id, "seed-1/pretrain"))?.state === "running");
  await pause(500);
  const next = await submitTiny(service, { dataset, seed: 2 });
  const response = await fetch(`${service.address}/api/v1/runs/${id}/cancel`, { method: "POST" });
  expect(await response.json()).toMatchObject({ state: "cancelled" });
  await until(async () => (await taskOf(service, next.id, "prepare"))?.state !== "waiting");

  const again = await fetch(`${service.address}/api/v1/runs/${id}/retry`, { method: "POST" });
  expect(await again.json()).toMatchObject({ state: "queued" });
  // It goes on from its last epoch, once the other run has ended.
  await until(async () => (await taskOf(service, id, "seed-1/pretrain"))?.state === "running");
  const task = await until(async () => {
    const now = await taskOf(service, id, "seed-1/pretrain");
    return now !== undefined && now.note !== "" && now;
  });
  expect(Number(/epoch (\d+)/.exec(task.note)?.[1])).toBeGreaterThan(1);
});

test("a server beyond loopback wants a token, and then every request must bring it", async () => {
  const folder = tinyFolder();
  const refused = await gambeson(folder, ["serve", "--host", "0.0.0.0", "--port", "0", "--workers", "0"]);
  expect(refused).toMatchObject({ code: 2, stdout: "" });
  expect(refused.stderr).toContain(
    "gambeson: Cannot listen at 0.0.0.0 as others may reach it, so that there must be a token (--token-file or GAMBESON_TOKEN): current value is none\n",
  );
  Deno.writeTextFileSync(`${folder}/token`, "0123456789abcdef0123456789abcdef\n");
  const running = new Running(folder, [
    "serve",
    "--port",
    "0",
    "--workers",
    "0",
    "--no-fetch",
    "--token-file",
    "token",
  ]);
  const address = /Gambeson is at (\S+)/.exec((await running.line()) ?? "")?.[1];
  const bare = await fetch(`${address}/api/v1/runs`);
  expect([bare.status, bare.headers.get("content-type")]).toEqual([401, "application/problem+json"]);
  await bare.body?.cancel();
  const headers = { authorization: "Bearer 0123456789abcdef0123456789abcdef" };
  const response = await fetch(`${address}/api/v1/runs`, { headers });
  expect(await response.json()).toMatchObject({ runs: [], total: 0 });
  running.child.kill("SIGINT");
  const { code, stderr } = await running.end();
  expect(code).toBe(130);
  expect(stderr).toContain("Stopping. What is finished is kept; go on with:\n  npm run gambeson -- serve");
  expect(stderr).not.toContain("0123456789abcdef");
});

test.each([
  [
    ["--port", "http"],
    2,
    'Cannot read --port as it must be a whole number from 0 to 65535: current value is "http"',
  ],
  [["--port", "99999"], 2, 'from 0 to 65535: current value is "99999"'],
  [["--workers", "many"], 2, "Cannot read --workers as it must be a whole number from 0 to 64"],
  [["--host", "no such host", "--port", "0"], 2, "Cannot listen at no such host as others may reach it"],
  [["--allow-origin", "lab"], 2, "Cannot allow the origin as it must be a scheme, a host and a port"],
  [["--nonsense"], 2, "unknown option '--nonsense'"],
])("serve %j says what is wrong and ends", async (args, code, message) => {
  const finished = await gambeson(temporaryFolder(), ["serve", "--no-fetch", ...args]);
  expect(finished.code).toBe(code);
  expect(finished.stderr).toContain(message);
});

test("npm start serves the page at once, submits the report, and is told to stop", async () => {
  const folder = temporaryFolder();
  const running = new Running(folder, ["start", "--port", "0", "--no-fetch", "--threads", "1"]);
  const address = /Gambeson is at (\S+)/.exec((await running.line()) ?? "")?.[1];
  const page = await fetch(`${address}/`);
  expect(page.headers.get("content-security-policy")).toContain("script-src 'self' 'wasm-unsafe-eval';");
  expect(await page.text()).toContain("<gambeson-app></gambeson-app>");
  const runs = () => fetch(`${address}/api/v1/runs`).then((response) => response.json() as Promise<RunList>);
  await until(async () => (await runs()).runs[0]?.name === "Vanilla, Fine-tuned and Deep Defense");
  running.child.kill("SIGINT");
  expect(await running.end()).toMatchObject({ code: 130 });
  // Its log is in a file, and the run is still there when it starts again.
  expect(Deno.readTextFileSync(`${folder}/state/gambeson.log`)).toContain('"event":"serving"');
  const again = new Running(folder, ["serve", "--port", "0", "--workers", "0"]);
  const next = /Gambeson is at (\S+)/.exec((await again.line()) ?? "")?.[1];
  const list = (await (await fetch(`${next}/api/v1/runs`)).json()) as RunList;
  expect(list.total).toBe(1);
  again.child.kill("SIGTERM");
  expect((await again.end()).code).toBe(130);
});

test("a port that is taken is named, and nothing is left running", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  onTestFinished(() => {
    listener.close();
  });
  const { port } = listener.addr;
  const { code, stderr } = await gambeson(temporaryFolder(), ["serve", "--no-fetch", "--port", String(port)]);
  expect(code).toBe(1);
  expect(stderr).toContain(
    `gambeson: Cannot listen at 127.0.0.1:${port} as its port must be free: current value is in use by another program\n`,
  );
});

test("nothing is left running when the launcher alone is killed", async () => {
  const { service } = await started();
  await service.processes();
  const [launcher, ...below] = [...service.seen];
  kill(launcher!);
  await until(() => below.every((pid) => !isAlive(pid)));
  expect(below.length).toBeGreaterThanOrEqual(2);
});

test("gc removes what no run has any more, and nothing else", async () => {
  const { service, folder, dataset } = await started();
  const kept = await submitTiny(service, { dataset, seed: 1 });
  const gone = await submitTiny(service, { dataset, seed: 2 });
  for (const { id } of [kept, gone])
    await until(async () => ((await ask(service, `/api/v1/runs/${id}`)) as Run).state === "finished");
  const before = (await ask(service, `/api/v1/runs/${kept.id}/result.json`)) as object;
  const deleted = await fetch(`${service.address}/api/v1/runs/${gone.id}`, { method: "DELETE" });
  expect(deleted.status).toBe(204);
  const dry = await gambeson(folder, ["gc", "--older-than", "0", "--dry-run"]);
  const { code, stdout } = await gambeson(folder, ["gc", "--older-than", "0"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^Removed [1-9]\d* files, \d+\.\d MB, and \d+ progress lines of runs that have ended\n$/,
  );
  expect(dry.stdout).toBe(`${stdout.replace("Removed", "Would remove").replace(/, and.*\n/, "")}\n`);
  expect(await ask(service, `/api/v1/runs/${kept.id}/result.json`)).toEqual(before);
  expect((await gambeson(folder, ["gc", "--older-than", "0"])).stdout).toMatch(/^Removed 0 files/);
});

test("the same experiment, run directly and by the service, has the same numbers and weights", async () => {
  const { service, folder, dataset } = await started();
  const { id } = await submitTiny(service, { dataset, seed: 1, config: { title: "Tiny" } });
  await until(async () => ((await ask(service, `/api/v1/runs/${id}`)) as Run).state === "finished");
  const { config, seeds } = (await ask(service, `/api/v1/runs/${id}/result.json`)) as {
    config: object;
    seeds: object;
  };
  Deno.writeTextFileSync(`${folder}/tiny.json`, JSON.stringify({ ...config, dataset: { name: "./data" } }));
  const direct = await gambeson(folder, ["run", "tiny.json", "--threads", "1", "--out", "direct"]);
  expect(direct.code).toBe(0);
  const result = JSON.parse(Deno.readTextFileSync(`${folder}/direct/result.json`)) as { seeds: object };
  expect(seeds).toEqual(result.seeds);
  const exported = await gambeson(folder, ["export", id, "--out", "exported"]);
  expect(exported.code).toBe(0);
  const weights = (place: string) => Deno.readFileSync(`${folder}/${place}/weights/deep-defense.safetensors`);
  expect(weights("exported")).toEqual(weights("direct"));
});
