import type { TaskRecord } from "@gambeson/experiment";
import { describeStore } from "@gambeson/experiment/testing/describe-store";
import { expect, test } from "vitest";
import { openStore, type StoreOptions } from "./open-store.ts";
import { fullDisk } from "../testing/full-disk.ts";
import { filesBelow, temporaryFolder } from "../testing/temporary-folder.ts";

const BYTES = new TextEncoder().encode("abc");
/** SHA-256 of "abc", from FIPS 180-2, appendix B.1. */
const HASH = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
const KEY = "0f".repeat(32);
const RECORD: TaskRecord = {
  key: KEY,
  id: "seed-1/pretrain",
  kind: "pretrain",
  outputs: { weights: HASH },
  seconds: 2,
};

function open(folder: string, options: Partial<StoreOptions> = {}) {
  return openStore(folder, { onDamage: () => undefined, now: () => Date.now(), ...options });
}

describeStore("openStore()", () => open(temporaryFolder()));

test("openStore() keeps artefacts under their hash, tasks and checkpoints under their key", async () => {
  const folder = temporaryFolder();
  const store = await open(folder);
  expect(await store.keepArtefact(BYTES)).toBe(HASH);
  await store.finish(RECORD);
  await store.keepCheckpoint("other", BYTES);
  expect(filesBelow(folder)).toEqual([`artefacts/ba/${HASH}`, "checkpoints/other", `tasks/${KEY}.json`]);
  expect(Deno.readFileSync(`${folder}/artefacts/ba/${HASH}`)).toEqual(BYTES);

  const again = await open(folder);
  expect(await again.artefact(HASH)).toEqual(BYTES);
  expect(await again.finished(KEY)).toEqual(RECORD);
  expect(await again.checkpoint("other")).toEqual(BYTES);
});

test("openStore() knows nothing of what was never kept", async () => {
  const store = await open(temporaryFolder());
  expect(await store.finished(KEY)).toBeNull();
  expect(await store.checkpoint(KEY)).toBeNull();
  await expect(store.artefact(HASH)).rejects.toThrow(/must be there and whole/);
});

test("finish() drops the checkpoint, and does without one", async () => {
  const folder = temporaryFolder();
  const store = await open(folder);
  await store.keepCheckpoint(KEY, BYTES);
  await store.finish({ ...RECORD, outputs: {} });
  await store.finish({ ...RECORD, outputs: {} });
  expect(filesBelow(folder)).toEqual([`tasks/${KEY}.json`]);
});

test("a task is not finished when an artefact of it is gone", async () => {
  const folder = temporaryFolder();
  await (await open(folder)).finish(RECORD);
  expect(await (await open(folder)).finished(KEY)).toBeNull();
});

test("a damaged artefact is said, treated as missing, and replaced", async () => {
  const folder = temporaryFolder();
  const store = await open(folder);
  await store.keepArtefact(BYTES);
  await store.finish(RECORD);
  Deno.writeTextFileSync(`${folder}/artefacts/ba/${HASH}`, "abd");

  const damages: string[] = [];
  const again = await open(folder, { onDamage: (message) => damages.push(message) });
  expect(await again.finished(KEY)).toBeNull();
  expect(damages).toEqual([`${folder}/artefacts/ba/${HASH} is damaged; it is made again`]);
  await expect(again.artefact(HASH)).rejects.toThrow(/must be there and whole/);
  await again.keepArtefact(BYTES);
  expect(await again.artefact(HASH)).toEqual(BYTES);
  expect(await again.finished(KEY)).toEqual(RECORD);
});

test.each([
  ["cut off", '{"key":'],
  ["another task's", JSON.stringify({ ...RECORD, key: "aa" })],
  ["without outputs", JSON.stringify({ ...RECORD, outputs: undefined })],
  ["with an output that is no hash", JSON.stringify({ ...RECORD, outputs: { weights: "../../etc/passwd" } })],
  ["null", "null"],
])("a task's record that is %s is said and treated as missing", async (_, text) => {
  const folder = temporaryFolder();
  const store = await open(folder);
  await store.keepArtefact(BYTES);
  await store.finish(RECORD);
  Deno.writeTextFileSync(`${folder}/tasks/${KEY}.json`, text);
  const damages: string[] = [];
  const again = await open(folder, { onDamage: (message) => damages.push(message) });
  expect(await again.finished(KEY)).toBeNull();
  expect(damages).toEqual([`${folder}/tasks/${KEY}.json is damaged; the task is done again`]);
});

test.each([
  ["changed", (file: Uint8Array) => file.with(33, 0)],
  ["cut off", (file: Uint8Array) => file.slice(0, -1)],
  ["shorter than its hash", (file: Uint8Array) => file.slice(0, 5)],
  ["empty", () => new Uint8Array()],
])("a checkpoint that is %s is said and treated as missing", async (_, damage) => {
  const folder = temporaryFolder();
  await (await open(folder)).keepCheckpoint(KEY, BYTES);
  const path = `${folder}/checkpoints/${KEY}`;
  Deno.writeFileSync(path, damage(Deno.readFileSync(path)));
  const damages: string[] = [];
  const again = await open(folder, { onDamage: (message) => damages.push(message) });
  expect(await again.checkpoint(KEY)).toBeNull();
  expect(damages).toEqual([`${path} is damaged; the task begins anew`]);
});

test("a fresh store does not see what is finished, but what it finishes itself", async () => {
  const folder = temporaryFolder();
  const before = await open(folder);
  await before.keepArtefact(BYTES);
  await before.finish(RECORD);
  await before.keepCheckpoint("other", BYTES);

  const fresh = await open(folder, { fresh: true });
  expect(await fresh.finished(KEY)).toBeNull();
  expect(await fresh.checkpoint("other")).toBeNull();
  await fresh.keepArtefact(BYTES);
  await fresh.finish(RECORD);
  await fresh.keepCheckpoint("other", BYTES);
  expect(await fresh.finished(KEY)).toEqual(RECORD);
  expect(await fresh.checkpoint("other")).toEqual(BYTES);
});

test("a full disk gives one clear line, and leaves the old bytes and nothing half-written", async () => {
  const folder = temporaryFolder();
  const before = await open(folder);
  await before.keepCheckpoint(KEY, BYTES);
  const store = await open(folder, { disk: fullDisk(100) });
  await expect(store.keepCheckpoint(KEY, new Uint8Array(1000))).rejects.toThrow(
    `Cannot write ${folder}/checkpoints/${KEY} as the disk must have room: current value is "No space left on device (os error 28)"`,
  );
  await expect(store.keepArtefact(new Uint8Array(1000))).rejects.toThrow(/the disk must have room/);
  expect(filesBelow(folder)).toEqual([`checkpoints/${KEY}`]);
  expect(await before.checkpoint(KEY)).toEqual(BYTES);
});

test("openStore() finds out at once that a disk is full, or a folder no folder", async () => {
  const folder = temporaryFolder();
  await expect(open(folder, { disk: fullDisk(0) })).rejects.toThrow(
    /Cannot keep finished work in .* must have room/,
  );
  expect(filesBelow(folder)).toEqual([]);
  Deno.writeTextFileSync(`${folder}/file`, "");
  await expect(open(`${folder}/file/state`)).rejects.toThrow(/Cannot keep finished work in .*file\/state as/);
});

test("openStore() sweeps away what killed programs left, but nothing younger than a day", async () => {
  const folder = temporaryFolder();
  Deno.mkdirSync(`${folder}/artefacts/ba`, { recursive: true });
  Deno.writeTextFileSync(`${folder}/artefacts/ba/x.1.partial`, "half");
  await open(folder);
  expect(filesBelow(folder)).toHaveLength(1);
  await open(folder, { now: () => Date.now() + 25 * 60 * 60 * 1000 });
  expect(filesBelow(folder)).toEqual([]);
});
