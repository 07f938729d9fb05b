import { expect, test } from "vitest";
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

test("a log that has grown large is put aside, and one that cannot be written is named", async () => {
  const path = `${temporaryFolder()}/gambeson.log`;
  Deno.writeFileSync(path, new Uint8Array(16 * 1024 * 1024 + 1));
  (await openLog(path, host)).info("new");
  expect(Deno.statSync(`${path}.1`).size).toBe(16 * 1024 * 1024 + 1);
  expect(Deno.readTextFileSync(path)).toContain('"event":"new"');
  await expect(openLog("/dev/null/log", host)).rejects.toThrow("Cannot write the log /dev/null/log");
});
