import { expect, test } from "vitest";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { holdServerMark } from "./server-mark.ts";

test("a state folder has one server, which others find", async () => {
  const folder = temporaryFolder();
  const mark = await holdServerMark(folder);
  await mark.write({ address: "http://127.0.0.1:1234", pid: 5 });
  expect(JSON.parse(Deno.readTextFileSync(`${folder}/server.json`))).toEqual({
    address: "http://127.0.0.1:1234",
    pid: 5,
  });
  await expect(holdServerMark(folder)).rejects.toThrow(
    `Cannot serve as the state folder ${folder} must have one server alone: current value has one at http://127.0.0.1:1234`,
  );
  mark.close();
  expect(() => Deno.statSync(`${folder}/server.json`)).toThrow(Deno.errors.NotFound);
  (await holdServerMark(folder)).close();
});

test("a new state folder is its owner's alone", async () => {
  const folder = `${temporaryFolder()}/new`;
  (await holdServerMark(folder)).close();
  expect(Deno.statSync(folder).mode! & 0o777).toBe(0o700);
  expect(Deno.statSync(`${folder}/server.json.lock`).mode! & 0o777).toBe(0o600);
});
