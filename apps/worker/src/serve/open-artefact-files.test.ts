import { describe, expect, test } from "vitest";
import { sha256 } from "../disk/sha256.ts";
import { fullDisk } from "../testing/full-disk.ts";
import { filesBelow, temporaryFolder } from "../testing/temporary-folder.ts";
import { openArtefactFiles } from "./open-artefact-files.ts";

const BYTES = Uint8Array.from({ length: 600_000 }, (_, i) => (i * 7) % 251);
const HASH = sha256(BYTES);
const NAME = `artefacts/${HASH.slice(0, 2)}/${HASH}`;

async function* inPieces(bytes: Uint8Array<ArrayBuffer>, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield Promise.resolve(bytes.subarray(at, at + size));
}
const accept = () => Promise.resolve("accepted");

async function read(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

describe("openArtefactFiles()", () => {
  test("keeps bytes under their SHA-256 and reads parts of them", async () => {
    const folder = temporaryFolder();
    const files = openArtefactFiles(folder);
    expect(await files.keep(BYTES)).toBe(HASH);
    expect(filesBelow(folder)).toEqual([NAME]);
    expect(await files.size(HASH)).toBe(BYTES.length);
    expect(await files.read(HASH)).toEqual(BYTES);
    expect(await files.read(HASH, 5, 9)).toEqual(BYTES.subarray(5, 9));
    expect(await files.read(HASH, BYTES.length - 2, BYTES.length + 9)).toEqual(BYTES.subarray(-2));
    expect((await files.read(HASH, BYTES.length + 5)).length).toBe(0);
    expect(await read(await files.stream(HASH))).toEqual(BYTES);
    expect(await read(await files.stream(HASH, 100, 500_000))).toEqual(BYTES.subarray(100, 500_000));
  });

  test("has none of what is missing or damaged", async () => {
    const folder = temporaryFolder();
    const files = openArtefactFiles(folder);
    expect(await files.size(HASH)).toBeNull();
    await expect(files.read(HASH)).rejects.toMatchObject({ code: "ARTEFACT_MISSING" });
    await files.keep(BYTES);
    expect(await files.size(HASH)).toBe(BYTES.length);
    await Deno.writeFile(`${folder}/${NAME}`, BYTES.with(0, 1));
    expect(await files.size(HASH)).toBeNull();
    await expect(files.read(HASH, 0, 1)).rejects.toMatchObject({ code: "ARTEFACT_MISSING" });
    await expect(files.stream(HASH)).rejects.toMatchObject({ code: "ARTEFACT_MISSING" });
    // Another file of the same length that says nothing of when it was written.
    const other = openArtefactFiles(folder);
    expect(await other.size(HASH)).toBeNull();
    expect(await other.keep(BYTES)).toBe(HASH);
    expect([await other.size(HASH), await files.size(HASH)]).toEqual([BYTES.length, BYTES.length]);
  });

  test("takes in what a client sends, if it is accepted", async () => {
    const folder = temporaryFolder();
    const files = openArtefactFiles(folder);
    const kept = await files.receive(inPieces(BYTES, 1000), async (file) => {
      expect(file.size).toBe(BYTES.length);
      return [...(await file.read(999, 1002))];
    });
    expect(kept).toEqual({ sha256: HASH, size: BYTES.length, found: [...BYTES.subarray(999, 1002)] });
    expect(filesBelow(folder)).toEqual([NAME]);
    expect(await files.read(HASH)).toEqual(BYTES);
  });

  test("leaves nothing of what is not accepted, or breaks off", async () => {
    const folder = temporaryFolder();
    const files = openArtefactFiles(folder);
    const refuse = () => Promise.reject(new Error("not this"));
    await expect(files.receive(inPieces(BYTES, 1000), refuse)).rejects.toThrow("not this");
    async function* broken() {
      yield* inPieces(BYTES, 1000);
      throw new Error("cut off");
    }
    await expect(files.receive(broken(), accept)).rejects.toThrow("cut off");
    expect(filesBelow(folder)).toEqual([]);
  });

  test("says so when the disk is full, and leaves nothing", async () => {
    const folder = temporaryFolder();
    const full = () => openArtefactFiles(folder, fullDisk(500_000));
    await expect(full().keep(BYTES)).rejects.toMatchObject({ name: "Refusal", code: "STORAGE_FULL" });
    await expect(full().receive(inPieces(BYTES, 1000), accept)).rejects.toMatchObject({
      code: "STORAGE_FULL",
    });
    expect(filesBelow(folder)).toEqual([]);
  });

  test("opens a stream's file when it is read from, and closes it when it is left", async () => {
    const folder = temporaryFolder();
    const files = openArtefactFiles(folder);
    await files.keep(BYTES);
    const { open } = Deno;
    let isOpen = 0;
    Deno.open = async (...args) => {
      const file = await open(...args);
      isOpen++;
      const close = file[Symbol.dispose].bind(file);
      file[Symbol.dispose] = () => {
        isOpen--;
        close();
      };
      return file;
    };
    try {
      const unread = await files.stream(HASH);
      expect(isOpen).toBe(0); // But it has been looked at, once.
      const reader = (await files.stream(HASH)).getReader();
      await reader.read();
      expect(isOpen).toBe(1);
      await reader.cancel();
      expect(isOpen).toBe(0);
      await unread.cancel();
    } finally {
      Deno.open = open;
    }
  });
});
