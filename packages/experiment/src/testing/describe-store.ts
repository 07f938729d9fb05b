import { describe, expect, test } from "vitest";
import type { Store, TaskRecord } from "../store.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
/** SHA-256 of "abc" and of nothing: FIPS 180-2, appendix B.1, and NIST's example values. */
const ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
const NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const KEY = "0f".repeat(32);
const OTHER_KEY = "f0".repeat(32);
const RECORD: TaskRecord = {
  key: KEY,
  id: "seed-1/pretrain",
  kind: "pretrain",
  outputs: { weights: ABC, epochs: NOTHING },
  seconds: 2.5,
};

/**
 * The contract of a store, for each implementation.
 *
 * @param open Gives a new, empty one.
 */
export function describeStore(name: string, open: () => Promise<Store>): void {
  describe(`the store of ${name}`, () => {
    describeArtefacts(open);
    describeTasks(open);
    describeCheckpoints(open);
  });
}

function describeArtefacts(open: () => Promise<Store>): void {
  test("artefacts are kept under the SHA-256 of their bytes", async () => {
    const store = await open();
    expect(await store.keepArtefact(bytesOf("abc"))).toBe(ABC);
    expect(await store.keepArtefact(new Uint8Array())).toBe(NOTHING);
    expect(await store.keepArtefact(bytesOf("abc"))).toBe(ABC);
    expect(await store.artefact(ABC)).toEqual(bytesOf("abc"));
    expect(await store.artefact(NOTHING)).toEqual(new Uint8Array());
  });

  test("an artefact that was never kept is an error", async () => {
    const store = await open();
    await expect(store.artefact(ABC)).rejects.toThrow(Error);
  });

  test("bytes are kept as they were, whatever their owner does with them later", async () => {
    const store = await open();
    const [artefact, checkpoint] = [bytesOf("abc"), bytesOf("abc")];
    await store.keepArtefact(artefact);
    await store.keepCheckpoint(KEY, checkpoint);
    artefact.fill(0);
    checkpoint.fill(0);
    expect(await store.artefact(ABC)).toEqual(bytesOf("abc"));
    expect(await store.checkpoint(KEY)).toEqual(bytesOf("abc"));
    (await store.artefact(ABC)).fill(0);
    expect(await store.artefact(ABC)).toEqual(bytesOf("abc"));
  });
}

function describeTasks(open: () => Promise<Store>): void {
  test("a finished task is known by its key", async () => {
    const store = await open();
    expect(await store.finished(KEY)).toBeNull();
    await store.keepArtefact(bytesOf("abc"));
    await store.keepArtefact(new Uint8Array());
    await store.finish(RECORD);
    expect(await store.finished(KEY)).toEqual(RECORD);
    expect(await store.finished(OTHER_KEY)).toBeNull();
    await store.finish({ ...RECORD, seconds: 3 });
    expect(await store.finished(KEY)).toEqual({ ...RECORD, seconds: 3 });
  });

  test("a task is not finished as long as an artefact of it is not there", async () => {
    const store = await open();
    await store.keepArtefact(bytesOf("abc"));
    await store.finish(RECORD);
    expect(await store.finished(KEY)).toBeNull();
    await store.keepArtefact(new Uint8Array());
    expect(await store.finished(KEY)).toEqual(RECORD);
  });
}

function describeCheckpoints(open: () => Promise<Store>): void {
  test("of a task's checkpoints the last one is kept, under its key", async () => {
    const store = await open();
    expect(await store.checkpoint(KEY)).toBeNull();
    await store.keepCheckpoint(KEY, bytesOf("epoch 1, and more"));
    await store.keepCheckpoint(OTHER_KEY, new Uint8Array());
    await store.keepCheckpoint(KEY, bytesOf("epoch 2"));
    expect(await store.checkpoint(KEY)).toEqual(bytesOf("epoch 2"));
    expect(await store.checkpoint(OTHER_KEY)).toEqual(new Uint8Array());
  });

  test("finish() drops the task's checkpoint and no other, and does without one", async () => {
    const store = await open();
    await store.keepCheckpoint(KEY, bytesOf("mine"));
    await store.keepCheckpoint(OTHER_KEY, bytesOf("another's"));
    await store.finish({ ...RECORD, outputs: {} });
    await store.finish({ ...RECORD, outputs: {} });
    expect(await store.checkpoint(KEY)).toBeNull();
    expect(await store.checkpoint(OTHER_KEY)).toEqual(bytesOf("another's"));
  });
}
