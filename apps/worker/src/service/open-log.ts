import { dirname } from "node:path";
import { fileError } from "../disk/file-error.ts";
import { createLog, type Log } from "../serve/log.ts";

/** A log file that has grown so large is put aside, as `.1`, when it is next opened. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Opens the log: lines of JSON at the end of a file, or on standard error where none is named. */
export async function openLog(
  path: string | undefined,
  { stderr, now }: { readonly stderr: (text: string) => void; readonly now: () => number },
): Promise<Log> {
  if (path === undefined) return createLog(stderr, now);
  try {
    // In the state folder, which may be still to be made; elsewhere it is not ours to make.
    await Deno.mkdir(dirname(path), { recursive: true }).catch(() => undefined);
    const { size } = await Deno.stat(path).catch(() => ({ size: 0 }));
    if (size > MOST_BYTES) await Deno.rename(path, `${path}.1`);
    const file = await Deno.open(path, { create: true, append: true });
    const encoder = new TextEncoder();
    return createLog((line) => {
      try {
        file.writeSync(encoder.encode(line));
      } catch {
        // A full disk must not stop what still works; its refusals are seen elsewhere.
      }
    }, now);
  } catch (error) {
    throw fileError(`write the log ${path}`, error);
  }
}
