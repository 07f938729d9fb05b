import { DatabaseSync } from "node:sqlite";
import type { Run } from "@gambeson/contract";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { writeTinyData } from "../testing/tiny-experiment.ts";
import { freePort, kill, Service, until } from "./service.ts";
import { ask, submitTiny, uploadTiny } from "./submit-tiny.ts";

interface LogLine {
  readonly event: string;
  readonly worker: string;
  readonly pid: number;
  readonly task: string;
}

const PAUSES = 5;

test("a worker that sleeps past its lease can write nothing when it wakes, and the result is the same", async () => {
  const folder = temporaryFolder();
  writeTinyData(`${folder}/data`);
  const args = ["--workers", "2", "--threads", "1", "--lease", "2", "--attempts", "100"];
  const service = new Service({ folder, port: freePort(), args });
  service.start();
  onTestFinished(() => service.killAll());
  await service.ready();
  const dataset = await uploadTiny(service, folder);
  const config = { pretraining: { epochs: 700, batchSize: 20, learningRate: 0.01 } };
  const { id } = await submitTiny(service, { dataset, seed: 1, config });

  for (let paused = 0; paused < PAUSES; paused++) {
    const holder = await until(() => holderOf(readLog(service)));
    const lostBefore = readLog(service).filter(isLoss(holder)).length;
    await until(() => stopBetweenWrites(holder.pid, `${service.stateFolder}/gambeson.db`));
    await until(() => holderOf(readLog(service))?.worker !== holder.worker);
    kill(holder.pid, "SIGCONT");
    // It wakes, goes on, and is refused at its first write.
    await until(() => readLog(service).filter(isLoss(holder)).length > lostBefore);
  }
  const disturbed = await ended(service, id);
  expect(disturbed.tasks.find(({ id: task }) => task === "seed-1/pretrain")).toMatchObject({
    state: "finished",
  });
  const again = await submitTiny(service, { dataset, seed: 1, config });
  expect(again.id).not.toBe(id);
  const undisturbed = await ended(service, again.id);
  expect(disturbed.resultSha256).toMatch(/^[0-9a-f]{64}$/);
  expect(disturbed.resultSha256).toBe(undisturbed.resultSha256);
}, 240_000);

function readLog(service: Service): LogLine[] {
  const lines = Deno.readTextFileSync(service.logPath).split("\n").slice(0, -1);
  return lines.map((line) => JSON.parse(line) as LogLine);
}

function isBegin(task: string): (line: LogLine) => boolean {
  return (line) => line.event === "task-begun" && line.task === task;
}

function isLoss({ worker }: Pick<LogLine, "worker">): (line: LogLine) => boolean {
  return (line) => line.event === "claim-lost" && line.worker === worker;
}

/** The process at work on the long task; undefined while there is none. */
function holderOf(log: readonly LogLine[]): LogLine | undefined {
  const last = log.findLast(isBegin("seed-1/pretrain"));
  return log.find(({ event, worker }) => event === "worker-ready" && worker === last?.worker);
}

/**
 * Stops a process, unless it is writing just now: then nobody could write while it sleeps, which is the launcher's to notice.
 *
 * @returns Whether it sleeps.
 */
function stopBetweenWrites(pid: number, database: string): boolean {
  kill(pid, "SIGSTOP");
  const db = new DatabaseSync(database, { timeout: 200 });
  try {
    db.exec("BEGIN IMMEDIATE; ROLLBACK");
    return true;
  } catch {
    kill(pid, "SIGCONT");
    return false;
  } finally {
    db.close();
  }
}

async function ended(service: Service, id: string): Promise<Run> {
  let run: Run | undefined;
  await until(async () => {
    run = (await ask(service, `/api/v1/runs/${id}`)) as Run;
    return !["queued", "running"].includes(run.state);
  });
  expect(run).toMatchObject({ state: "finished" });
  return run!;
}
