import { appendFile, mkdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { DatasetFiles } from "../dataset-files.ts";

/** The real disk, as the command line's is. */
export const nodeFiles: DatasetFiles = {
  read: (path) => readFile(path).then((bytes) => Uint8Array.from(bytes), nullIfMissing),
  size: (path) => stat(path).then((found) => (found.isFile() ? found.size : null), nullIfMissing),
  append: async (path, bytes) => {
    await mkdir(dirname(path), { recursive: true });
    await appendFile(path, bytes);
  },
  rename,
  remove: (path) => rm(path, { force: true }),
};

function nullIfMissing(error: unknown): null {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
  throw error;
}
