import { join } from "node:path";
import { fileError } from "../disk/file-error.ts";

/**
 * A worker holds a lock on a file of its own as long as it lives. The system lets go of it when the process ends, however it ends, so
 * others know at once that it is dead; whether a living one still works, only its lease says.
 */
export interface WorkerLock {
  close(): void;
}

export async function holdWorkerLock(folder: string, worker: string): Promise<WorkerLock> {
  const path = lockPath(folder, worker);
  try {
    await Deno.mkdir(join(folder, "workers"), { recursive: true, mode: 0o700 });
    sweepLocks(folder);
    const file = await lockOwnFile(path);
    return {
      close: () => {
        file.close();
        removeQuietly(path);
      },
    };
  } catch (error) {
    throw fileError(`write ${path}`, error);
  }
}

/** Another that sweeps may have removed the file before it was locked: then it is made anew. */
async function lockOwnFile(path: string): Promise<Deno.FsFile> {
  for (;;) {
    const file = await Deno.open(path, { create: true, write: true });
    await file.lock(true);
    const [held, named] = [await file.stat(), await Deno.stat(path).catch(() => null)];
    if (named !== null && named.ino === held.ino) return file;
    file.close();
  }
}

/** Removes what killed workers left. */
function sweepLocks(folder: string): void {
  for (const { name } of Array.from(Deno.readDirSync(join(folder, "workers")))) {
    if (name.endsWith(".lock")) isWorkerAlive(folder, name.slice(0, -".lock".length));
  }
}

/** @returns Whether the worker of that name still holds its lock. What a dead one left is removed. */
export function isWorkerAlive(folder: string, worker: string): boolean {
  const path = lockPath(folder, worker);
  try {
    using file = Deno.openSync(path, { write: true });
    if (!file.tryLockSync(true)) return true;
    removeQuietly(path);
    return false;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw fileError(`read ${path}`, error);
  }
}

function lockPath(folder: string, worker: string): string {
  return join(folder, "workers", `${worker}.lock`);
}

function removeQuietly(path: string): void {
  try {
    Deno.removeSync(path);
  } catch {
    // Another one was faster.
  }
}
