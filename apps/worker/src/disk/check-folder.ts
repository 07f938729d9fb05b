import { fileError } from "./file-error.ts";

/**
 * Makes sure that a folder named by the user is there: what looks into it takes a missing one for an empty one.
 *
 * @param action For example "look for data sets in /home/me/data".
 * @throws {Error} If nothing is there, or something else.
 */
export async function checkFolder(action: string, path: string): Promise<void> {
  const { isDirectory } = await Deno.stat(path).catch((error: unknown) => {
    throw fileError(action, error);
  });
  if (!isDirectory) throw new Error(`Cannot ${action} as it must be a folder: current value is a file`);
}
