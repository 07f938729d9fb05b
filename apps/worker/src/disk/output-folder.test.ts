import { expect, test } from "vitest";
import { openOutputFolder } from "./output-folder.ts";
import { fullDisk } from "../testing/full-disk.ts";
import { filesBelow, temporaryFolder } from "../testing/temporary-folder.ts";

const text = (name: string, content: string) => ({ name, bytes: new TextEncoder().encode(content) });
const RESULT = text("result.json", '{"schemaVersion":1,"config":{}}');
const FILES = [RESULT, text("table.csv", "a,b"), text("weights/a.safetensors", "w")];

test("openOutputFolder() leaves no trace, and write() makes the folder and fills it", async () => {
  const parent = temporaryFolder();
  const folder = `${parent}/new/out`;
  const output = await openOutputFolder(folder);
  expect(Array.from(Deno.readDirSync(parent))).toEqual([]);
  await output.write(FILES);
  expect(filesBelow(folder)).toEqual(["result.json", "table.csv", "weights/a.safetensors"]);
  expect(Deno.readTextFileSync(`${folder}/weights/a.safetensors`)).toBe("w");
});

test("openOutputFolder() takes an empty folder, an earlier result, and what a killed run left", async () => {
  const empty = temporaryFolder();
  await openOutputFolder(empty);
  expect(Deno.statSync(empty).isDirectory).toBe(true);

  const earlier = temporaryFolder();
  await (await openOutputFolder(earlier)).write(FILES);
  await (await openOutputFolder(earlier)).write([RESULT, text("table.csv", "new")]);
  expect(Deno.readTextFileSync(`${earlier}/table.csv`)).toBe("new");

  const killed = temporaryFolder();
  Deno.mkdirSync(`${killed}/.gambeson-partial`);
  Deno.writeTextFileSync(`${killed}/.gambeson-partial/table.csv`, "half");
  Deno.writeTextFileSync(`${killed}/table.csv`, "x");
  await (await openOutputFolder(killed)).write(FILES);
  expect(filesBelow(killed)).toEqual(["result.json", "table.csv", "weights/a.safetensors"]);
});

test.each([
  ["a thesis", "thesis.tex", "\\documentclass"],
  ["another program's result.json", "result.json", '{"ok":true}'],
  ["a result.json that is no JSON", "result.json", "{"],
])("openOutputFolder() refuses a folder with %s in it, and leaves it alone", async (_, name, content) => {
  const folder = temporaryFolder();
  Deno.writeTextFileSync(`${folder}/${name}`, content);
  await expect(openOutputFolder(folder)).rejects.toThrow(
    `Cannot write into ${folder} as it must be new, empty or an earlier result: current value holds "${name}"`,
  );
  expect(filesBelow(folder)).toEqual([name]);
});

test("openOutputFolder() refuses a path through a file", async () => {
  const folder = temporaryFolder();
  Deno.writeTextFileSync(`${folder}/file`, "");
  await expect(openOutputFolder(`${folder}/file`)).rejects.toThrow(/Cannot write into .*file as/);
  await expect(openOutputFolder(`${folder}/file/out`)).rejects.toThrow(/Cannot write into .*out as/);
  expect(filesBelow(folder)).toEqual(["file"]);
});

test("a disk that is full from the start is found out before the work", async () => {
  const folder = `${temporaryFolder()}/out`;
  await expect(openOutputFolder(folder, fullDisk(0))).rejects.toThrow(
    `Cannot write into ${folder} as the disk must have room: current value is "No space left on device (os error 28)"`,
  );
  expect(() => Deno.statSync(folder)).toThrow(Deno.errors.NotFound);
});

test("a disk that fills up while writing leaves no new name, and an earlier result as it was", async () => {
  const folder = temporaryFolder();
  await (await openOutputFolder(folder)).write(FILES);
  const output = await openOutputFolder(folder, fullDisk(60));
  const larger = [RESULT, text("table.csv", "n".repeat(50)), text("new.csv", "")];
  await expect(output.write(larger)).rejects.toThrow(/Cannot write .*table\.csv as the disk must have room/);
  expect(filesBelow(folder)).toEqual(["result.json", "table.csv", "weights/a.safetensors"]);
  expect(Deno.readTextFileSync(`${folder}/table.csv`)).toBe("a,b");
});
