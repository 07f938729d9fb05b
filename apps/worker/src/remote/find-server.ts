import { join } from "node:path";
import { findPlaces } from "../commands/places.ts";
import { fileError } from "../disk/file-error.ts";
import { SERVER_MARK } from "../service/server-mark.ts";

export interface ServerOptions {
  /** "http://127.0.0.1:8787". */
  readonly server?: string;
  readonly tokenFile?: string;
  readonly stateDir?: string;
}

/**
 * Where the server is: --server, else GAMBESON_SERVER, else what the server of the state folder has written there.
 *
 * @throws {Error} If none is named, and none runs on the state folder.
 */
export async function findServer(
  options: ServerOptions,
  env: (name: string) => string | undefined,
): Promise<string> {
  const named = options.server ?? env("GAMBESON_SERVER");
  if (named !== undefined) return named;
  const address = await addressIn(join(findPlaces(options, env).state, SERVER_MARK));
  if (address !== null) return address;
  throw new Error(
    "Cannot find a server as one must be running here, or be named by --server or GAMBESON_SERVER: " +
      "current value is none; start one with: npm start (or: npm run gambeson -- serve)",
  );
}

/** @returns Null where there is no such file, or nothing of use in it. */
async function addressIn(path: string): Promise<string | null> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw fileError(`look for a server in ${path}`, error);
  }
  try {
    const { address } = JSON.parse(text) as { readonly address?: unknown };
    return typeof address === "string" ? address : null;
  } catch {
    return null;
  }
}
