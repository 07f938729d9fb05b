import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { ChildProgram } from "../testing/child-program.ts";
import { filesBelow, temporaryFolder } from "../testing/temporary-folder.ts";
import { holdWorkerLock, isWorkerAlive } from "./worker-lock.ts";

const PROGRAM = fileURLToPath(new URL("./testing/hold-lock-program.ts", import.meta.url));

test("a worker is alive from its lock to its close", async () => {
  const folder = temporaryFolder();
  expect(isWorkerAlive(folder, "w")).toBe(false);
  const lock = await holdWorkerLock(folder, "w");
  expect(isWorkerAlive(folder, "w")).toBe(true);
  expect(isWorkerAlive(folder, "w")).toBe(true);
  expect(isWorkerAlive(folder, "another")).toBe(false);
  lock.close();
  expect(isWorkerAlive(folder, "w")).toBe(false);
  expect(filesBelow(folder)).toEqual([]);
});

test("a stopped process is alive; a killed one is dead at once, and what it left is removed", async () => {
  const folder = temporaryFolder();
  const child = new ChildProgram(PROGRAM, [folder, "w"]);
  expect(await child.line()).toBe("held");
  expect(isWorkerAlive(folder, "w")).toBe(true);
  child.kill("SIGSTOP");
  expect(isWorkerAlive(folder, "w")).toBe(true);
  expect(filesBelow(folder)).toEqual(["workers/w.lock"]);
  await child.crash();
  expect(isWorkerAlive(folder, "w")).toBe(false);
  expect(filesBelow(folder)).toEqual([]);
});

test("holdWorkerLock() where no folder can be is refused in one line", async () => {
  const folder = temporaryFolder();
  Deno.writeTextFileSync(`${folder}/file`, "");
  await expect(holdWorkerLock(`${folder}/file`, "w")).rejects.toThrow(
    /^Cannot write .*file\/workers\/w\.lock as what stands above it must be a folder/,
  );
});

test("what killed workers left is removed when another begins", async () => {
  const folder = temporaryFolder();
  Deno.mkdirSync(`${folder}/workers`);
  Deno.writeTextFileSync(`${folder}/workers/dead.lock`, "");
  const living = await holdWorkerLock(folder, "living");
  const other = await holdWorkerLock(folder, "other");
  expect(Array.from(Deno.readDirSync(`${folder}/workers`), ({ name }) => name).sort()).toEqual([
    "living.lock",
    "other.lock",
  ]);
  living.close();
  other.close();
});
