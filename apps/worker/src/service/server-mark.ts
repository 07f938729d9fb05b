import { join } from "node:path";
import { replaceFile } from "../disk/durable-file.ts";
import { fileError } from "../disk/file-error.ts";

/** Where the commands that talk to a server find it. */
export interface ServerMark {
  /** "http://127.0.0.1:8787". */
  readonly address: string;
  readonly pid: number;
}

export interface HeldMark {
  /** Tells where the server is. */
  write(mark: ServerMark): Promise<void>;
  close(): void;
}

/** The file's name in the state folder. */
export const SERVER_MARK = "server.json";

/**
 * Makes this process the one server of a state folder.
 *
 * @throws {Error} If another one is at work.
 */
export async function holdServerMark(folder: string): Promise<HeldMark> {
  const path = join(folder, SERVER_MARK);
  let lock: Deno.FsFile;
  try {
    // What is new is its owner's alone.
    await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
    lock = await Deno.open(join(folder, `${SERVER_MARK}.lock`), { create: true, write: true, mode: 0o600 });
  } catch (error) {
    throw fileError(`keep runs in ${folder}`, error);
  }
  if (!(await lock.tryLock(true))) {
    lock.close();
    const other = await Deno.readTextFile(path).catch(() => "");
    const address = /"address":\s*"([^"]*)"/.exec(other)?.[1] ?? "an unknown address";
    throw new Error(
      `Cannot serve as the state folder ${folder} must have one server alone: current value has one at ${address}`,
    );
  }
  return {
    write: (mark) => replaceFile(path, new TextEncoder().encode(`${JSON.stringify(mark)}\n`)),
    close: () => {
      try {
        Deno.removeSync(path);
      } catch {
        // It was never written.
      }
      lock.close();
    },
  };
}
