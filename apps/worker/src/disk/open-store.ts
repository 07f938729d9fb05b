import { join } from "node:path";
import type { Store, TaskRecord } from "@gambeson/experiment";
import { ArtefactMissingError } from "./artefact-missing-error.ts";
import { probeFile, writeDurably, type FileWriter } from "./durable-file.ts";
import { fileError } from "./file-error.ts";
import { sha256 } from "./sha256.ts";
import { sweepPartials } from "./sweep-partials.ts";

export interface StoreOptions {
  /** Told, in one sentence, of what was found damaged and is therefore treated as missing. */
  readonly onDamage: (message: string) => void;
  /** Act as if nothing had been finished before; what this store writes itself it does find again. */
  readonly fresh?: boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly disk?: FileWriter;
}

const HASH_BYTES = 32;

/**
 * The store in a folder: `artefacts/<2 hex>/<sha256>`, `tasks/<key>.json`, `checkpoints/<key>` (its bytes after their
 * SHA-256). Several programs may use one folder: names say what is in the files, so all write the same.
 *
 * @throws {Error} If the folder cannot be written.
 */
export async function openStore(
  folder: string,
  { onDamage, fresh = false, now, disk = Deno }: StoreOptions,
): Promise<Store> {
  await probe(folder, disk);
  await sweepPartials(folder, now());
  /** Artefacts whose bytes this program has seen to be right, and what their files were then: others may remove or damage them. */
  const verified = new Map<string, string>();
  const own = new Set<string>();
  const artefactPath = (hash: string) => join(folder, "artefacts", hash.slice(0, 2), hash);
  const taskPath = (key: string) => join(folder, "tasks", `${key}.json`);
  const checkpointPath = (key: string) => join(folder, "checkpoints", key);
  const write = (path: string, bytes: Uint8Array) =>
    // Two programs that write the same file must not write into the same partial one.
    writeDurably(path, bytes, { partial: `${path}.${crypto.randomUUID().slice(0, 8)}.partial`, disk });

  async function readArtefact(hash: string): Promise<Uint8Array<ArrayBuffer> | null> {
    const bytes = await readIfThere(artefactPath(hash));
    if (bytes === null) return null;
    if (sha256(bytes) !== hash) {
      onDamage(`${artefactPath(hash)} is damaged; it is made again`);
      return null;
    }
    await remember(hash);
    return bytes;
  }

  async function remember(hash: string): Promise<void> {
    verified.set(hash, (await stampOf(artefactPath(hash))) ?? "");
  }

  async function isWhole(hash: string): Promise<boolean> {
    const stamp = verified.get(hash);
    if (stamp !== undefined && stamp === (await stampOf(artefactPath(hash)))) return true;
    return (await readArtefact(hash)) !== null;
  }

  return {
    artefact: async (hash) => {
      const bytes = await readArtefact(hash);
      if (bytes !== null) return bytes;
      throw new ArtefactMissingError(hash);
    },

    keepArtefact: async (bytes) => {
      const hash = sha256(bytes);
      if (await isWhole(hash)) return hash;
      await write(artefactPath(hash), bytes);
      await remember(hash);
      return hash;
    },

    finished: async (key) => {
      if (fresh && !own.has(key)) return null;
      const bytes = await readIfThere(taskPath(key));
      if (bytes === null) return null;
      const record = parseRecord(bytes, key);
      if (record === null) {
        onDamage(`${taskPath(key)} is damaged; the task is done again`);
        return null;
      }
      for (const hash of Object.values(record.outputs)) {
        if (!(await isWhole(hash))) return null;
      }
      return record;
    },

    finish: async (record) => {
      own.add(record.key);
      await write(taskPath(record.key), new TextEncoder().encode(`${JSON.stringify(record, null, 2)}\n`));
      await disk.remove(checkpointPath(record.key)).catch(ignoreMissing);
    },

    checkpoint: async (key) => {
      if (fresh && !own.has(key)) return null;
      const file = await readIfThere(checkpointPath(key));
      if (file === null) return null;
      const bytes = file.slice(HASH_BYTES);
      if (sha256(bytes) === hexOf(file.subarray(0, HASH_BYTES))) return bytes;
      onDamage(`${checkpointPath(key)} is damaged; the task begins anew`);
      return null;
    },

    keepCheckpoint: async (key, bytes) => {
      own.add(key);
      const file = new Uint8Array(HASH_BYTES + bytes.length);
      file.set(bytesOf(sha256(bytes)));
      file.set(bytes, HASH_BYTES);
      await write(checkpointPath(key), file);
    },
  };
}

/** Changes when the file does; null when it is not there. */
async function stampOf(path: string): Promise<string | null> {
  try {
    const { size, mtime, ino } = await Deno.stat(path);
    return `${size} ${mtime?.getTime()} ${ino}`;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw fileError(`read ${path}`, error);
  }
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, index) =>
    parseInt(hex.slice(2 * index, 2 * index + 2), 16),
  );
}

/** A full or locked disk had better show before the long work than after it. */
async function probe(folder: string, disk: FileWriter): Promise<void> {
  try {
    await disk.mkdir(folder, { recursive: true, mode: 0o700 });
    await probeFile(join(folder, `probe.${crypto.randomUUID().slice(0, 8)}.partial`), disk);
  } catch (error) {
    throw fileError(`keep finished work in ${folder}`, error);
  }
}

/** Null when it is not the record of that task. */
function parseRecord(bytes: Uint8Array, key: string): TaskRecord | null {
  try {
    const record = JSON.parse(new TextDecoder().decode(bytes)) as Partial<TaskRecord> | null;
    const isWhole =
      record?.key === key &&
      typeof record.id === "string" &&
      typeof record.kind === "string" &&
      typeof record.seconds === "number" &&
      Object.values(record.outputs ?? { none: 0 }).every((hash) => /^[0-9a-f]{64}$/.test(String(hash)));
    return isWhole ? (record as TaskRecord) : null;
  } catch {
    return null;
  }
}

async function readIfThere(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw fileError(`read ${path}`, error);
  }
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw fileError("drop a checkpoint", error);
}
