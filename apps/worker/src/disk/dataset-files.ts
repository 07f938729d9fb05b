import { dirname } from "node:path";
import type { DatasetFiles } from "@gambeson/datasets";
import { fileError } from "./file-error.ts";

/** Data sets' files on this machine's disk. */
export const datasetFiles: DatasetFiles = {
  read: (path) => orNull(`read ${path}`, () => Deno.readFile(path)),
  size: (path) =>
    orNull(`read ${path}`, async () => {
      const { isFile, size } = await Deno.stat(path);
      if (!isFile) throw new Deno.errors.IsADirectory("Is a directory");
      return size;
    }),
  append: (path, bytes) =>
    explained(`write ${path}`, async () => {
      await Deno.mkdir(dirname(path), { recursive: true });
      await Deno.writeFile(path, bytes, { append: true });
    }),
  rename: (from, to) => explained(`write ${to}`, () => Deno.rename(from, to)),
  remove: async (path) => {
    await orNull(`remove ${path}`, () => Deno.remove(path));
  },
};

async function explained<T>(action: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw fileError(action, error);
  }
}

/** A missing file is no error: data sets ask before they read. */
async function orNull<T>(action: string, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return null;
    throw fileError(action, error);
  }
}
