import type { Problem, Run, RunList } from "@gambeson/contract";
import { expect, onTestFinished, test } from "vitest";
import { gambeson } from "../testing/gambeson.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { writeTinyData } from "../testing/tiny-experiment.ts";
import { freePort, pause, Service, until } from "./service.ts";
import { ask, submitTiny, uploadTiny } from "./submit-tiny.ts";

async function started(): Promise<{ service: Service; dataset: string }> {
  const folder = temporaryFolder();
  return startedIn(folder);
}

async function startedIn(folder: string): Promise<{ service: Service; dataset: string }> {
  writeTinyData(`${folder}/data`);
  const service = new Service({ folder, port: freePort(), args: ["--threads", "1", "--lease", "2"] });
  service.start();
  onTestFinished(() => service.killAll());
  await service.ready();
  return { service, dataset: await uploadTiny(service, folder) };
}

async function finished(service: Service, id: string): Promise<Run> {
  return until(async () => {
    const run = (await ask(service, `/api/v1/runs/${id}`)) as Run;
    expect(["queued", "running", "finished"]).toContain(run.state);
    return run.state === "finished" && run;
  });
}

async function refusal(response: Response): Promise<Pick<Problem, "status" | "code">> {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const { status, code } = (await response.json()) as Problem;
  return { status, code };
}

const tryToSubmit = (service: Service, seed: number) =>
  fetch(`${service.address}/api/v1/runs`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ preset: "quick", config: { seeds: [seed] } }),
  });

const countLogged = (service: Service, event: string) =>
  Deno.readTextFileSync(service.logPath)
    .split("\n")
    .filter((line) => line.includes(`"event":"${event}"`)).length;

/** A disk of its own for the state folder: only root can have one. */
async function ownDisk(folder: string): Promise<{ mount(options: string): Promise<void> } | null> {
  const state = `${folder}/state`;
  Deno.mkdirSync(state);
  const run = async (command: string, args: readonly string[]) => {
    const { success, stderr } = await new Deno.Command(command, { args: [...args] }).output();
    return success ? null : new TextDecoder().decode(stderr);
  };
  const failure = await run("mount", ["-t", "tmpfs", "-o", "size=40m", "tmpfs", state]);
  if (failure !== null) {
    console.warn(`a full and a read-only disk are not tried here, as that takes a mount: ${failure.trim()}`);
    return null;
  }
  onTestFinished(async () => {
    await run("umount", ["-l", state]);
  });
  return {
    mount: async (options) => {
      expect(await run("mount", ["-o", `remount,${options}`, state])).toBeNull();
    },
  };
}

/** Writes until nothing more goes in. */
function fill(path: string): void {
  const file = Deno.openSync(path, { create: true, write: true });
  try {
    for (let size = 1 << 20; size >= 1; size >>= 1) {
      try {
        for (;;) file.writeSync(new Uint8Array(size));
      } catch {
        // Smaller ones may still fit.
      }
    }
  } finally {
    file.close();
  }
}

test("on a full disk and on a read-only one, nothing is acknowledged, nothing lost, and it goes on when that is mended", async () => {
  const folder = temporaryFolder();
  const disk = await ownDisk(folder);
  const { service, dataset } = await startedIn(folder);
  const first = await submitTiny(service, { dataset, seed: 1 });
  const { resultSha256 } = await finished(service, first.id);
  if (disk === null) return;

  const long = { pretraining: { epochs: 400, batchSize: 20, learningRate: 0.01 } };
  const before = await submitTiny(service, { dataset, seed: 2, config: long });
  await until(async () => ((await ask(service, `/api/v1/runs/${before.id}`)) as Run).share > 0.05);
  const begunBefore = countLogged(service, "task-begun") - 1;
  for (let time = 1; time <= 3; time++) {
    fill(`${service.stateFolder}/filler`);
    expect(await refusal(await tryToSubmit(service, 3))).toEqual({ status: 507, code: "STORAGE_FULL" });
    await until(() => countLogged(service, "storage-refuses") >= time);
    await pause(3000); // Longer than the lease.
    if (time < 3) Deno.removeSync(`${service.stateFolder}/filler`);
    if (time < 3) await until(() => countLogged(service, "task-begun") > begunBefore + time);
  }
  expect(await ask(service, `/api/v1/runs/${first.id}/result.json`)).toHaveProperty("seeds");
  Deno.removeSync(`${service.stateFolder}/filler`);
  const disturbed = await finished(service, before.id);

  await service.stop();
  await disk.mount("ro");
  const onReadOnly = await gambeson(folder, ["serve", "--port", "0", "--no-fetch"]);
  expect(onReadOnly.code).toBe(1);
  expect(onReadOnly.stderr).toMatch(/gambeson: Cannot .* as the disk must be writable: current value is/);
  await disk.mount("rw");
  service.start();
  await service.ready();
  expect(await ask(service, `/api/v1/runs/${first.id}`)).toMatchObject({ state: "finished", resultSha256 });
  const again = await submitTiny(service, { dataset, seed: 2, config: long });
  expect((await finished(service, again.id)).resultSha256).toBe(disturbed.resultSha256);
  expect(((await ask(service, "/api/v1/runs")) as RunList).total).toBe(3);
}, 120_000);

test("an artefact that is gone or damaged is said to be, and is made again", async () => {
  const { service, dataset } = await started();
  const { id } = await submitTiny(service, { dataset, seed: 1 });
  await finished(service, id);
  const path = `/api/v1/runs/${id}/weights/1/vanilla.safetensors`;
  const response = await fetch(`${service.address}${path}`);
  const hash = response.headers.get("etag")!.slice(1, -1);
  const weights = await response.bytes();
  const file = `${service.stateFolder}/artefacts/${hash.slice(0, 2)}/${hash}`;

  const damaged = weights.slice();
  damaged[weights.length - 1]! ^= 1;
  Deno.writeFileSync(file, damaged);
  expect(await refusal(await fetch(`${service.address}${path}`))).toEqual({
    status: 410,
    code: "ARTEFACT_MISSING",
  });
  Deno.removeSync(file);
  expect(await refusal(await fetch(`${service.address}${path}`))).toEqual({
    status: 410,
    code: "ARTEFACT_MISSING",
  });

  const again = await submitTiny(service, { dataset, seed: 1 });
  await finished(service, again.id);
  expect(await (await fetch(`${service.address}${path}`)).bytes()).toEqual(weights);
}, 60_000);

test("a database with a flipped byte, and one without the end of its log, lose no run", async () => {
  const { service, dataset } = await started();
  const { id } = await submitTiny(service, { dataset, seed: 1 });
  const before = await finished(service, id);
  await fetch(`${service.address}/api/v1/runs/${id}`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: "Kept through thick and thin" }),
  });
  await service.stop();
  const database = `${service.stateFolder}/gambeson.db`;
  const bytes = Deno.readFileSync(database);
  bytes[Math.floor(bytes.length / 2)]! ^= 4;
  Deno.writeFileSync(database, bytes);

  service.start();
  await service.ready();
  expect(countLogged(service, "state-mended")).toBeGreaterThan(0);
  const mended = (await ask(service, `/api/v1/runs/${id}`)) as Run;
  expect(mended).toMatchObject({
    state: "finished",
    name: "Kept through thick and thin",
    resultSha256: before.resultSha256,
  });
  expect(await ask(service, `/api/v1/runs/${id}/result.json`)).toHaveProperty("seeds");
  expect(Array.from(Deno.readDirSync(service.stateFolder), ({ name }) => name).join(" ")).toMatch(
    /gambeson\.db\.damaged-/,
  );

  const late = await submitTiny(service, { dataset, seed: 2 });
  await service.killAll();
  Deno.truncateSync(`${database}-wal`, Math.floor(Deno.statSync(`${database}-wal`).size / 3));
  service.start();
  await service.ready();
  const expected = new Set([id, late.id]);
  expect(new Set(((await ask(service, "/api/v1/runs")) as RunList).runs.map((run) => run.id))).toEqual(
    expected,
  );
  await finished(service, late.id);
}, 60_000);
