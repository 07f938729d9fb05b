import { expect, test } from "vitest";
import { rotateLog } from "../../../../scripts/rotate-log.mjs";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { openLog } from "./open-log.ts";

const host = { stderr: () => undefined, now: () => 0 };

test("lines go to the end of the file, whose folder is made, or to standard error", async () => {
  const path = `${temporaryFolder()}/new/gambeson.log`;
  (await openLog(path, host)).info("first", { run: "r1" });
  (await openLog(path, host)).warn("second");
  expect(Deno.readTextFileSync(path)).toBe(
    '{"at":"1970-01-01T00:00:00.000Z","level":"info","event":"first","run":"r1"}\n' +
      '{"at":"1970-01-01T00:00:00.000Z","level":"warn","event":"second"}\n',
  );
  const lines: string[] = [];
  (await openLog(undefined, { ...host, stderr: (line) => lines.push(line) })).error("third");
  expect(lines).toEqual(['{"at":"1970-01-01T00:00:00.000Z","level":"error","event":"third"}\n']);
});

test("a new log, and its folder, are their owner's alone", async () => {
  const folder = `${temporaryFolder()}/new`;
  (await openLog(`${folder}/gambeson.log`, host)).info("first");
  expect(Deno.statSync(folder).mode! & 0o777).toBe(0o700);
  expect(Deno.statSync(`${folder}/gambeson.log`).mode! & 0o777).toBe(0o600);
});

test("a log that cannot be written is named", async () => {
  await expect(openLog("/dev/null/log", host)).rejects.toThrow("Cannot write the log /dev/null/log");
});

test("the launcher puts a log aside that has grown large, under those that write it", async () => {
  const path = `${temporaryFolder()}/gambeson.log`;
  const logs = await Promise.all([openLog(path, host), openLog(path, host)]);
  logs[0].info("small");
  rotateLog(path);
  expect(() => Deno.statSync(`${path}.1`)).toThrow(Deno.errors.NotFound);

  Deno.writeFileSync(path, new Uint8Array(16 * 1024 * 1024 + 1));
  rotateLog(path);
  expect(Deno.statSync(`${path}.1`).size).toBe(16 * 1024 * 1024 + 1);
  for (const log of logs) log.info("new");
  expect(Deno.readTextFileSync(path).split("\n")).toEqual([
    expect.stringContaining('"event":"new"'),
    expect.stringContaining('"event":"new"'),
    "",
  ]);
});

test("a log that cannot be put aside stays as it is", () => {
  const path = `${temporaryFolder()}/gambeson.log`;
  rotateLog(path); // There is none.
  Deno.writeFileSync(path, new Uint8Array(16 * 1024 * 1024 + 1));
  Deno.mkdirSync(`${path}.1`);
  rotateLog(path);
  expect(Deno.statSync(path).size).toBe(16 * 1024 * 1024 + 1);
});
