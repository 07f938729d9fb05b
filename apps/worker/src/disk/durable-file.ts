import { dirname } from "node:path";
import { fileError } from "./file-error.ts";

/** The part of Deno that writes files; a test puts a full disk in its place. */
export type FileWriter = Pick<typeof Deno, "mkdir" | "open" | "rename" | "remove">;

export interface ReplaceOptions {
  /** Where the bytes are before they get their name; on the same disk. By default beside it. */
  readonly partial?: string;
  readonly disk?: FileWriter;
}

/**
 * Writes a file all or nothing: after a crash at any moment the name holds the whole new bytes or what it held before.
 *
 * @throws {Error} One line saying what must be otherwise; nothing is left behind.
 */
export async function replaceFile(
  path: string,
  bytes: Uint8Array,
  { partial = `${path}.partial`, disk = Deno }: ReplaceOptions = {},
): Promise<void> {
  try {
    await writeThrough(partial, bytes, disk);
    await disk.rename(partial, path);
  } catch (error) {
    await disk.remove(partial).catch(() => undefined);
    throw fileError(`write ${path}`, error);
  }
}

/** As `replaceFile`; makes the folder where it is missing, and lasts through a power cut too. */
export async function writeDurably(
  path: string,
  bytes: Uint8Array,
  options: ReplaceOptions = {},
): Promise<void> {
  const { disk = Deno } = options;
  try {
    await disk.mkdir(dirname(path), { recursive: true });
  } catch (error) {
    throw fileError(`make the folder ${dirname(path)}`, error);
  }
  await replaceFile(path, bytes, options);
  await keepFolder(dirname(path), disk);
}

/** Finds out whether a file could be written, and leaves none: better before long work than after it. */
export async function probeFile(path: string, disk: FileWriter = Deno): Promise<void> {
  try {
    await writeThrough(path, new TextEncoder().encode("Is there room?"), disk);
  } finally {
    await disk.remove(path).catch(() => undefined);
  }
}

/** Writes and waits until the disk has it. */
export async function writeThrough(path: string, bytes: Uint8Array, disk: FileWriter = Deno): Promise<void> {
  using file = await disk.open(path, { write: true, create: true, truncate: true });
  for (let written = 0; written < bytes.length;) written += await file.write(bytes.subarray(written));
  await file.sync();
}

/** A new name survives a power cut once its folder is on the disk too. Windows cannot say so, and needs not. */
export async function keepFolder(folder: string, disk: FileWriter = Deno): Promise<void> {
  if (Deno.build.os === "windows") return;
  using file = await disk.open(folder, { read: true });
  await file.sync();
}
