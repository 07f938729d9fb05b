import { join } from "node:path";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Removes what killed programs left half-written in a store's folder; younger than a day, it may be another's at work. */
export async function sweepPartials(folder: string, nowMs: number): Promise<void> {
  try {
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      const path = join(folder, name);
      if (isDirectory) await sweepPartials(path, nowMs);
      else if (name.endsWith(".partial")) {
        const { mtime } = await Deno.stat(path);
        if (mtime !== null && nowMs - mtime.getTime() > DAY_MS) await Deno.remove(path);
      }
    }
  } catch {
    // No store yet, or another program was faster: neither matters.
  }
}
