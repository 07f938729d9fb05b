import type { TaskRecord } from "@gambeson/experiment";
import { describeStore } from "@gambeson/experiment/testing/describe-store";
import { expect, test } from "vitest";
import { openStore } from "../disk/open-store.ts";
import { filesBelow, temporaryFolder } from "../testing/temporary-folder.ts";
import { fencedStore, type Fence } from "./fenced-store.ts";

const KEY = "0f".repeat(32);
const BYTES = new TextEncoder().encode("abc");
const RECORD: TaskRecord = { key: KEY, id: "seed-1/pretrain", kind: "pretrain", outputs: {}, seconds: 1 };
const OPEN: Fence = { check: () => undefined, fresh: false, isFirst: true };

const storeIn = (folder: string) =>
  openStore(folder, {
    onDamage: (message) => {
      throw new Error(message);
    },
    now: () => Date.now(),
  });

describeStore("fencedStore(), while its claim is held,", async () =>
  fencedStore(await storeIn(temporaryFolder()), OPEN),
);

test("fencedStore() writes nothing once the claim is lost, and still reads", async () => {
  const folder = temporaryFolder();
  const store = await storeIn(folder);
  const hash = await store.keepArtefact(BYTES);
  const before = filesBelow(folder);
  const lost = new Error("lost");
  const fenced = fencedStore(store, {
    ...OPEN,
    check: () => {
      throw lost;
    },
  });
  await expect(fenced.keepArtefact(new Uint8Array([1]))).rejects.toBe(lost);
  await expect(fenced.keepCheckpoint(KEY, BYTES)).rejects.toBe(lost);
  await expect(fenced.finish(RECORD)).rejects.toBe(lost);
  expect(filesBelow(folder)).toEqual(before);
  expect(await fenced.artefact(hash)).toEqual(BYTES);
  expect(await fenced.finished(KEY)).toBeNull();
});

test("fencedStore() of a fresh task knows nothing of what was finished before", async () => {
  const store = await storeIn(temporaryFolder());
  await store.finish(RECORD);
  await store.keepCheckpoint(KEY, BYTES);
  const first = fencedStore(store, { ...OPEN, fresh: true });
  expect(await first.finished(KEY)).toBeNull();
  expect(await first.checkpoint(KEY)).toBeNull();
  const usual = fencedStore(store, OPEN);
  expect(await usual.finished(KEY)).toEqual(RECORD);
  expect(await usual.checkpoint(KEY)).toEqual(BYTES);
});

test("fencedStore() lets a fresh task go on from its own checkpoint when it is begun again", async () => {
  const store = await storeIn(temporaryFolder());
  await fencedStore(store, { ...OPEN, fresh: true }).keepCheckpoint(KEY, BYTES);
  const second = fencedStore(store, { ...OPEN, fresh: true, isFirst: false });
  expect(await second.checkpoint(KEY)).toEqual(BYTES);
  expect(await second.finished(KEY)).toBeNull();
});
