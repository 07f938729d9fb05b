import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { keepFolder, writeDurably, type FileWriter } from "../disk/durable-file.ts";
import { sha256 } from "../disk/sha256.ts";
import { Refusal } from "../state/refusal.ts";
import type { ArtefactFiles } from "./artefact-files.ts";
import { fileChunks, readPart } from "./file-parts.ts";
import { storageRefusal } from "./storage-refusal.ts";
import { streamOf } from "./stream-of.ts";
import { writeStream } from "./write-stream.ts";

/**
 * The artefacts of a state folder, `artefacts/<2 hex>/<sha256>`, as a store there keeps them. What comes in waits in `uploads/`
 * until it has its name.
 */
export function openArtefactFiles(folder: string, disk: FileWriter = Deno): ArtefactFiles {
  const pathOf = (hash: string) => join(folder, "artefacts", hash.slice(0, 2), hash);
  const sizeOf = createInspector();
  const size = (hash: string) => sizeOf(pathOf(hash), hash);

  async function requireWhole(hash: string): Promise<number> {
    const found = await size(hash);
    if (found !== null) return found;
    throw new Refusal(
      "ARTEFACT_MISSING",
      `Cannot read artefact ${hash} as its file must be there and whole: current value is neither; retry the run that it is of, or upload it again`,
    );
  }

  return {
    size,
    requireWhole,

    read: async (hash, from = 0, to = Infinity) => {
      const end = Math.min(to, await requireWhole(hash));
      return readPart(pathOf(hash), from, Math.max(from, end));
    },

    stream: async (hash, from = 0, to = Infinity) => {
      const end = Math.min(to, await requireWhole(hash));
      return streamOf(fileChunks(pathOf(hash), from, end));
    },

    keep: async (bytes) => {
      const hash = sha256(bytes);
      if ((await size(hash)) !== null) return hash;
      const path = pathOf(hash);
      try {
        await writeDurably(path, bytes, {
          partial: `${path}.${crypto.randomUUID().slice(0, 8)}.partial`,
          disk,
        });
      } catch (error) {
        throw storageRefusal(error);
      }
      return hash;
    },

    receive: async (chunks, check) => {
      const partial = join(folder, "uploads", `${crypto.randomUUID()}.partial`);
      try {
        await disk.mkdir(dirname(partial), { recursive: true });
        const written = await writeStream(partial, chunks, disk);
        const read = (from: number, to: number) => readPart(partial, from, to);
        const found = await check({ size: written.size, read });
        const path = pathOf(written.sha256);
        if ((await size(written.sha256)) !== null) {
          const now = new Date();
          await Deno.utime(path, now, now);
        } else {
          await disk.mkdir(dirname(path), { recursive: true });
          await disk.rename(partial, path);
          await keepFolder(dirname(path), disk);
        }
        return { ...written, found };
      } catch (error) {
        throw storageRefusal(error);
      } finally {
        await disk.remove(partial).catch(() => undefined); // It has its name, or shall leave nothing.
      }
    },
  };
}

/** Looks whether files match their hash, once each as long as they do not change; several who ask at once wait for one look. */
function createInspector(): (path: string, hash: string) => Promise<number | null> {
  const looks = new Map<string, { readonly stamp: string; readonly isWhole: Promise<boolean> }>();
  return async (path, hash) => {
    const stat = await Deno.stat(path).catch(ignoreMissing);
    if (stat?.isFile !== true) return null;
    const stamp = [stat.size, stat.mtime?.getTime(), stat.ino].join("/");
    let look = looks.get(hash);
    if (look?.stamp !== stamp) {
      look = { stamp, isWhole: matches(path, hash) };
      looks.set(hash, look);
      look.isWhole.catch(() => looks.delete(hash)); // A disk that fails once may work the next time.
    }
    return (await look.isWhole) ? stat.size : null;
  };
}

async function matches(path: string, hash: string): Promise<boolean> {
  const digest = createHash("sha256");
  for await (const chunk of fileChunks(path)) digest.update(chunk);
  return digest.digest("hex") === hash;
}

function ignoreMissing(error: unknown): null {
  if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return null;
  throw error;
}
