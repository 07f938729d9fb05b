import { join } from "node:path";
import { fileError } from "./file-error.ts";

const NAME = "in-use.lock";

/** Holds a store's folder as something that reads and writes there: nothing is removed meanwhile. Ends with `close`. */
export async function shareStore(folder: string): Promise<{ close(): void }> {
  const file = await openLock(folder);
  await file.lock(false);
  return file;
}

/**
 * Holds the folder for this process alone.
 *
 * @returns Null where others have not let go of it within `patienceMs`.
 */
export async function ownStore(folder: string, patienceMs: number): Promise<{ close(): void } | null> {
  const file = await openLock(folder);
  const until = performance.now() + patienceMs;
  while (!(await file.tryLock(true))) {
    if (performance.now() > until) {
      file.close();
      return null;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return file;
}

async function openLock(folder: string): Promise<Deno.FsFile> {
  try {
    await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
    return await Deno.open(join(folder, NAME), { create: true, read: true, write: true });
  } catch (error) {
    throw fileError(`write in ${folder}`, error);
  }
}
