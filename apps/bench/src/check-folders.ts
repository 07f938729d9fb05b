import { stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { BenchOptions } from "./options.ts";
import { UsageError } from "./usage-error.ts";

/** @throws {UsageError} If a folder that the options name is none: better now than when all is measured. */
export async function checkFolders({
  dataDir,
  out,
  markdown,
}: Pick<BenchOptions, "dataDir" | "out" | "markdown">): Promise<void> {
  if (dataDir !== null) await checkFolder("read data", dataDir);
  for (const file of [out, markdown])
    if (file !== null) await checkFolder(`write ${file}`, dirname(resolve(file)));
}

async function checkFolder(action: string, folder: string): Promise<void> {
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) return;
  throw new UsageError(`Cannot ${action} as there must be a folder: current value is ${folder}`);
}
