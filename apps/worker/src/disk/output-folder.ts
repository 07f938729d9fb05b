import { dirname, join } from "node:path";
import { keepFolder, probeFile, writeThrough, type FileWriter } from "./durable-file.ts";
import { fileError } from "./file-error.ts";

/** A file to be written, by its path inside the output folder, parts separated by "/". */
export interface OutputFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface OutputFolder {
  /** Writes all files or none: each gets its name only when every one of them is on the disk. */
  write(files: readonly OutputFile[]): Promise<void>;
}

/** Files get ready in here. It is there until all have their names, so a folder that has it is ours, if not complete. */
const STAGING = ".gambeson-partial";
/** Gets its name last: a folder that has it is complete. */
const MARK = "result.json";

/**
 * Makes sure, before the long work starts, that results can be written to a folder. A folder that is not there yet is made when they
 * are, so that a run which is stopped leaves none.
 *
 * @throws {Error} If it cannot be made or written, or holds anything else than an earlier result.
 */
export async function openOutputFolder(folder: string, disk: FileWriter = Deno): Promise<OutputFolder> {
  const staging = join(folder, STAGING);
  await refuseStrangers(folder);
  await probeFolder(folder, staging, disk);

  return {
    write: async (files) => {
      let current = folder;
      try {
        await empty(staging, disk);
        for (const { name, bytes } of files) {
          current = join(folder, name);
          await disk.mkdir(parentOf(join(staging, name)), { recursive: true });
          await writeThrough(join(staging, name), bytes, disk);
        }
        await disk.remove(join(folder, MARK)).catch(() => undefined);
        for (const { name } of files.toSorted(markLast)) {
          current = join(folder, name);
          await disk.mkdir(parentOf(current), { recursive: true });
          await disk.rename(join(staging, name), current);
        }
        await disk.remove(staging, { recursive: true });
        await keepFolder(folder, disk);
      } catch (error) {
        await disk.remove(staging, { recursive: true }).catch(() => undefined);
        throw fileError(`write ${current}`, error);
      }
    },
  };
}

/** Leaves everything as it was. */
async function probeFolder(folder: string, staging: string, disk: FileWriter): Promise<void> {
  const made = [staging];
  // Where its parent may not be looked at, it is not ours to remove either.
  for (const path of [folder, dirname(folder)]) if (!(await isThere(path))) made.push(path);
  try {
    await disk.mkdir(folder, { recursive: true });
    await empty(staging, disk);
    await probeFile(join(staging, "probe"), disk);
  } catch (error) {
    throw fileError(`write into ${folder}`, error);
  } finally {
    for (const path of made) await disk.remove(path).catch(() => undefined); // Fails, as it should, where anything is in it.
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    return !(error instanceof Deno.errors.NotFound);
  }
}

/** An earlier result may be written over; anything else is somebody's. */
async function refuseStrangers(folder: string): Promise<void> {
  const names: string[] = [];
  try {
    for await (const { name } of Deno.readDir(folder)) names.push(name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw fileError(`write into ${folder}`, error);
  }
  if (names.length === 0 || names.includes(STAGING) || (await isResult(join(folder, MARK)))) return;
  throw new Error(
    `Cannot write into ${folder} as it must be new, empty or an earlier result: current value holds "${names.sort()[0]}"`,
  );
}

async function isResult(path: string): Promise<boolean> {
  try {
    const value = JSON.parse(await Deno.readTextFile(path)) as {
      schemaVersion?: unknown;
      config?: unknown;
    } | null;
    return typeof value?.schemaVersion === "number" && typeof value.config === "object";
  } catch {
    return false;
  }
}

async function empty(folder: string, disk: FileWriter): Promise<void> {
  await disk.remove(folder, { recursive: true }).catch(() => undefined);
  await disk.mkdir(folder, { recursive: true });
}

function parentOf(path: string): string {
  return join(path, "..");
}

function markLast(a: OutputFile, b: OutputFile): number {
  return Number(a.name === MARK) - Number(b.name === MARK);
}
