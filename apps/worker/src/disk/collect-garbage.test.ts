import { expect, test } from "vitest";
import { filesBelow, temporaryFolder } from "../testing/temporary-folder.ts";
import { collectGarbage, type GarbageOptions } from "./collect-garbage.ts";

const [WANTED, OTHER] = ["aa".repeat(32), "bb".repeat(32)];
const OLD = new Date("2026-01-01T00:00:00Z");
const YOUNG = new Date("2026-01-02T00:00:00Z");
const OPTIONS: GarbageOptions = {
  artefacts: new Set([WANTED]),
  keys: new Set([WANTED]),
  before: YOUNG.getTime(),
  dryRun: false,
};

/** A state folder with such files, last written long ago; each holds its own path. */
function folderWith(...paths: string[]): string {
  const folder = temporaryFolder();
  for (const path of paths) {
    Deno.mkdirSync(`${folder}/${path.split("/").slice(0, -1).join("/")}`, { recursive: true });
    Deno.writeTextFileSync(`${folder}/${path}`, path);
    Deno.utimeSync(`${folder}/${path}`, OLD, OLD);
  }
  return folder;
}

const KEPT = [`artefacts/aa/${WANTED}`, `checkpoints/${WANTED}`, `tasks/${WANTED}.json`];
const NOT_ITS = [
  "gambeson.db",
  "in-use.lock",
  "runs/r0000000000000000001.json",
  "uploads/weights-1.json",
  "workers/w.lock",
];
const GARBAGE = [
  `artefacts/bb/${OTHER}`,
  `artefacts/aa/${WANTED}.1234.partial`,
  `checkpoints/${OTHER}`,
  "uploads/half-of-one.partial",
  `tasks/${OTHER}.json`,
];

test("collectGarbage() removes what nothing wants, and nothing else", async () => {
  const folder = folderWith(...KEPT, ...NOT_ITS, ...GARBAGE);
  const bytes = GARBAGE.reduce((sum, path) => sum + path.length, 0);
  expect(await collectGarbage(folder, OPTIONS)).toEqual({ files: GARBAGE.length, bytes });
  expect(filesBelow(folder)).toEqual([...KEPT, ...NOT_ITS].sort());
  expect(await collectGarbage(folder, OPTIONS)).toEqual({ files: 0, bytes: 0 });
});

test("collectGarbage() only counts where it is to remove nothing", async () => {
  const folder = folderWith(...KEPT, ...GARBAGE);
  const bytes = GARBAGE.reduce((sum, path) => sum + path.length, 0);
  expect(await collectGarbage(folder, { ...OPTIONS, dryRun: true })).toEqual({
    files: GARBAGE.length,
    bytes,
  });
  expect(filesBelow(folder)).toEqual([...KEPT, ...GARBAGE].sort());
});

test("collectGarbage() leaves what was written lately: it may be wanted by what is just being recorded", async () => {
  const folder = folderWith(...GARBAGE);
  const [young, ...old] = GARBAGE as [string, ...string[]];
  Deno.utimeSync(`${folder}/${young}`, YOUNG, YOUNG);
  expect(await collectGarbage(folder, OPTIONS)).toMatchObject({ files: old.length });
  expect(filesBelow(folder)).toEqual([young]);
});

test("collectGarbage() finds nothing where there is no store yet", async () => {
  const folder = temporaryFolder();
  expect(await collectGarbage(`${folder}/nowhere`, OPTIONS)).toEqual({ files: 0, bytes: 0 });
  expect(filesBelow(folder)).toEqual([]);
});
