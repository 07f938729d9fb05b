import { dirname } from "node:path";
import { fileError } from "../disk/file-error.ts";
import { createLog, type Log } from "../serve/log.ts";

/** A new log is its owner's alone. */
const [FOLDER_MODE, FILE_MODE] = [0o700, 0o600];

/**
 * Opens the log: lines of JSON at the end of a file, or on standard error where none is named. Several processes may write the same
 * file; the launcher keeps it small.
 */
export async function openLog(
  path: string | undefined,
  { stderr, now }: { readonly stderr: (text: string) => void; readonly now: () => number },
): Promise<Log> {
  if (path === undefined) return createLog(stderr, now);
  try {
    // In the state folder, which may be still to be made; elsewhere it is not ours to make.
    await Deno.mkdir(dirname(path), { recursive: true, mode: FOLDER_MODE }).catch(() => undefined);
    const file = await Deno.open(path, { create: true, append: true, mode: FILE_MODE });
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
