import { join } from "node:path";
import { fileError } from "./file-error.ts";

export interface Garbage {
  readonly files: number;
  readonly bytes: number;
}

export interface GarbageOptions {
  /** SHA-256 of the artefacts, and keys of the tasks, that are still wanted. */
  readonly artefacts: ReadonlySet<string>;
  readonly keys: ReadonlySet<string>;
  /** Only files last written before, in milliseconds since 1970. */
  readonly before: number;
  /** Only count. */
  readonly dryRun: boolean;
}

/** Removes a store's files that nothing wants any more. The folder must be this process' alone. */
export async function collectGarbage(folder: string, options: GarbageOptions): Promise<Garbage> {
  let files = 0;
  let bytes = 0;
  async function sweep(path: string, isWanted: (name: string) => boolean): Promise<void> {
    for (const { name, isDirectory } of listed(path)) {
      const at = join(path, name);
      if (isDirectory) {
        await sweep(at, isWanted);
        continue;
      }
      const { size, mtime } = await Deno.stat(at);
      if (isWanted(name) || (mtime !== null && mtime.getTime() >= options.before)) continue;
      files += 1;
      bytes += size;
      if (!options.dryRun) await Deno.remove(at);
    }
  }
  try {
    await sweep(join(folder, "artefacts"), (name) => options.artefacts.has(name));
    await sweep(join(folder, "tasks"), (name) => options.keys.has(name.replace(/\.json$/, "")));
    await sweep(join(folder, "checkpoints"), (name) => options.keys.has(name));
    await sweep(join(folder, "uploads"), (name) => !name.endsWith(".partial"));
    // That a run was deleted need not be known for ever: the database has been closed well since.
    await sweep(join(folder, "runs"), (name) => !name.endsWith(".deleted"));
  } catch (error) {
    throw fileError(`remove what is no longer wanted in ${folder}`, error);
  }
  return { files, bytes };
}

function listed(path: string): Deno.DirEntry[] {
  try {
    return Array.from(Deno.readDirSync(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
